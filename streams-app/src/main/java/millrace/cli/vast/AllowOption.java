package millrace.cli.vast;

import java.util.ArrayList;
import java.util.List;
import millrace.upstream.http.HttpSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What may be asked beside the public internet and what the configuration allows. */
final class AllowOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--allow",
            paramLabel = "HOST",
            description =
                    "A host, host:port, address or CIDR that may be asked although it is not on the public internet.")
    private List<String> allow = new ArrayList<>();

    HttpSettings beside(HttpSettings usual) {
        allow.stream()
                .filter(text -> !HttpSettings.isDestination(text))
                .findFirst()
                .ifPresent(text -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--allow is '" + text + "'; allowed is a host, host:port, address or CIDR");
                });
        return usual.allowingAlso(allow);
    }
}
