package millrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One line on a terminal that says how far a command is, once it has taken longer than a second. For one thread. */
public final class Progress implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final InstantSource clock;
    private Instant next;
    private boolean shown;

    public Progress(PrintWriter err, boolean terminal, InstantSource clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.next = clock.instant().plus(QUIET);
    }

    /** How far it is now. Cheap: shown at most five times a second. */
    public void at(String state) {
        if (terminal && !clock.instant().isBefore(next)) {
            err.print(CLEAR_LINE + state);
            err.flush();
            shown = true;
            next = clock.instant().plus(BETWEEN);
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            err.print(CLEAR_LINE);
            err.flush();
            shown = false;
        }
    }
}
