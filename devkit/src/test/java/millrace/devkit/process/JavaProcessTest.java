package millrace.devkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC");

    @TempDir
    private Path folder;

    /** Starts a child of its own, says which, and waits for ever. */
    public static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            JavaProcess child = JavaProcess.start(Path.of(arguments[0]), SMALL, Waiting.class.getName(), List.of());
            System.out.println("child " + child.pid());
            Thread.sleep(Duration.ofHours(1));
        }
    }

    public static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("waiting");
            Thread.sleep(Duration.ofHours(1));
        }
    }

    @Test
    void childrenOfAKilledParentEnd() throws IOException {
        Path output = folder.resolve("parent.log");
        try (JavaProcess parent = JavaProcess.start(
                output,
                SMALL,
                Parent.class.getName(),
                List.of(folder.resolve("child.log").toString()))) {
            await().atMost(A_WHILE).until(() -> Files.readString(output).startsWith("child "));
            long child = Long.parseLong(Files.readString(output).strip().substring("child ".length()));
            await().atMost(A_WHILE)
                    .until(() -> Files.exists(folder.resolve("child.log"))
                            && Files.readString(folder.resolve("child.log")).contains("waiting"));
            assertThat(ProcessHandle.of(child)).isPresent();

            parent.kill();

            await().atMost(A_WHILE).until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    @Test
    void whatItPrintedIsShown() {
        Path output = folder.resolve("wrong.log");
        try (JavaProcess process = JavaProcess.start(output, SMALL, "no.such.Main", List.of())) {
            assertThat(process.awaitExit(A_WHILE)).isEqualTo(1);

            assertThat(process.shown()).contains("no.such.Main");
        }
    }
}
