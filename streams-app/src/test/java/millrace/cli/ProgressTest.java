package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void nothingIsShownWithinTheFirstSecond() {
        try (Progress progress = progress(true)) {
            now = now.plusMillis(999);
            progress.at("1 of 2");
        }
        assertThat(err).hasToString("");
    }

    @Test
    void afterASecondTheStateIsShownAtMostFiveTimesASecond() {
        Progress progress = progress(true);
        now = now.plusMillis(1_000);
        progress.at("1 of 3");
        now = now.plusMillis(199);
        progress.at("2 of 3");
        now = now.plusMillis(1);
        progress.at("3 of 3");

        assertThat(err).hasToString("\r\u001b[K1 of 3\r\u001b[K3 of 3");
    }

    @Test
    void lineIsTakenAwayAtTheEnd() {
        Progress progress = progress(true);
        now = now.plusMillis(1_000);
        progress.at("1 of 3");
        progress.close();
        progress.close();

        assertThat(err).hasToString("\r\u001b[K1 of 3\r\u001b[K");
    }

    @Test
    void withoutATerminalNothingIsShown() {
        Progress progress = progress(false);
        now = now.plusMillis(5_000);
        progress.at("1 of 3");

        assertThat(err).hasToString("");
    }

    private Progress progress(boolean terminal) {
        return new Progress(new PrintWriter(err), terminal, () -> now);
    }
}
