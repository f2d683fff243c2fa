package millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that holds one message. */
final class MessageFile {
    private MessageFile() {}

    /** @return its bytes, or one more than {@code most} of a longer one, which whoever reads messages then refuses */
    static byte[] read(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.FAILED, file + ": no such file");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }
}
