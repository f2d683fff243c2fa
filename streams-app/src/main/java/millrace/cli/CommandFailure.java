package millrace.cli;

import java.util.List;
import java.util.stream.Stream;
import millrace.check.Fault;
import millrace.check.FileOrder;

/** A command ends here; its message is for the person who called it. */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;
    private final List<String> lines;

    public CommandFailure(int exitCode, List<String> lines) {
        super(String.join("; ", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** @param exitCode one of {@link ExitCode} */
    public CommandFailure(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    /** All that is wrong with what was given, and what came of it. */
    public static CommandFailure invalid(List<Fault> faults, String outcome) {
        String count = faults.size() == 1 ? "1 fault; " : faults.size() + " faults; ";
        return new CommandFailure(
                ExitCode.INVALID,
                Stream.concat(FileOrder.of(faults).stream().map(Fault::toString), Stream.of(count + outcome))
                        .toList());
    }

    public int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
