package millrace.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import millrace.config.BrokersException;
import millrace.wire.RegistryException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in lines on the error stream why a command ended, and with what exit code. A stack trace only for those who ask. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final List<String> OF_THE_DEVKIT = List.of("demo", "dev", "bench", "chaos");

    private final BooleanSupplier verbose;

    Failures(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    /** @param exitCode of the process */
    private record Ending(int exitCode, List<String> lines) {}

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        Ending ending = ending(e);
        PrintWriter err = command.getErr();
        ending.lines().forEach(line -> err.println(name(command) + ": " + line));
        if (verbose.getAsBoolean()) {
            e.printStackTrace(err);
        }
        err.flush();
        return ending.exitCode();
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(name(command) + ": " + reason(e));
        err.println("Try '" + name(command) + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static Ending ending(Exception e) {
        return switch (e) {
            case CommandFailure failure -> new Ending(failure.exitCode(), failure.lines());
            case BrokersException unreachable -> new Ending(ExitCode.UNREACHABLE, line(unreachable));
            case RegistryException.Unavailable unavailable -> new Ending(ExitCode.UNREACHABLE, line(unavailable));
            case RegistryException refused -> new Ending(ExitCode.FAILED, line(refused));
            case TimeoutException timeout ->
                new Ending(ExitCode.UNREACHABLE, List.of("Kafka did not answer in time: " + timeout.getMessage()));
            case KafkaException kafka -> new Ending(ExitCode.FAILED, List.of("Kafka: " + kafka.getMessage()));
            default ->
                new Ending(
                        ExitCode.FAILED,
                        List.of("internal error: " + e + " (run again with --verbose for the stack trace)"));
        };
    }

    private static List<String> line(Exception e) {
        return List.of(String.valueOf(e.getMessage()));
    }

    private static String reason(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage());
        }
        String first = unmatched.getUnmatched().getFirst();
        if (OF_THE_DEVKIT.contains(first)) {
            return "'" + first + "' is part of the devkit, which is not on the class path";
        }
        List<String> meant = unmatched.getSuggestions();
        return "'" + first + "' is unknown" + (meant.isEmpty() ? "" : "; did you mean " + meant.getFirst() + "?");
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }
}
