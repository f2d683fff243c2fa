package millrace.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

    @Test
    void isGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("millrace-test-");
        Path inside = Files.createDirectories(folder.path().resolve("a/b"));
        Files.writeString(inside.resolve("file"), "text");

        folder.close();

        assertThat(folder.path()).doesNotExist();
        folder.close();
    }
}
