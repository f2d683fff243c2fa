package millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.upstream.openrtb.MessageKind;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each file what is wrong with it: a line of JSON each. */
@Command(
        name = "check",
        description =
                "Print for each FILE a line {file, kind, valid, faults: [{path, message}]}. Exit code 4 if one is not valid.")
final class OpenRtbCheckCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A bid request or a bid response.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What they are: request or response. Else it is told from content and name.")
    private Optional<MessageKind> kind = Optional.empty();

    @Option(
            names = "--strict",
            description =
                    "Also object to values that no list of the specification has, and to places that do not exist.")
    private boolean strict;

    @Override
    public Integer call() {
        OpenRtb openRtb = new OpenRtb(Limits.USUAL, strict ? Strictness.STRICT : Strictness.TOLERANT);
        PrintWriter out = spec.commandLine().getOut();
        boolean allValid = true;
        for (Path file : files) {
            byte[] bytes = MessageFile.read(file, Limits.USUAL.bytes());
            MessageKind found = kind.orElseGet(() -> MessageKind.of(bytes, String.valueOf(file.getFileName())));
            List<Fault> faults = faults(openRtb, found, bytes);
            allValid = allValid && faults.isEmpty();
            out.println(line(file, found, faults));
        }
        out.flush();
        return allValid ? ExitCode.OK : ExitCode.INVALID;
    }

    private static List<Fault> faults(OpenRtb openRtb, MessageKind kind, byte[] bytes) {
        Checked<?> checked = switch (kind) {
            case REQUEST -> openRtb.requests().check(bytes);
            case RESPONSE -> openRtb.responses().check(bytes);
            case UNKNOWN -> new Checked.Invalid<>(unknown(bytes));
        };
        return switch (checked) {
            case Checked.Valid<?> valid -> List.of();
            case Checked.Invalid<?> invalid -> invalid.faults();
        };
    }

    /** Why nobody can tell what it is: that it is no JSON, where that is why. */
    private static Fault unknown(byte[] bytes) {
        try {
            if (bytes.length > 0) {
                JSON.readTree(bytes);
            }
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : "unreadable";
            return new Fault("", "is not JSON: " + why);
        }
        return new Fault("", "neither content nor name tell a request from a response; --kind does");
    }

    private static ObjectNode line(Path file, MessageKind kind, List<Fault> faults) {
        ObjectNode line = JSON.createObjectNode()
                .put("file", file.toString())
                .put("kind", kind.word())
                .put("valid", faults.isEmpty());
        ArrayNode list = line.putArray("faults");
        faults.forEach(fault -> list.addObject().put("path", fault.where()).put("message", fault.message()));
        return line;
    }
}
