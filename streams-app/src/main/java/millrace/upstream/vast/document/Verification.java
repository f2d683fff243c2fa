package millrace.upstream.vast.document;

import java.util.List;
import java.util.Optional;

/**
 * Code of a measurement vendor (VAST 4.3, 3.16).
 *
 * @param tracking {@code verificationNotExecuted} and others
 * @param parameters VerificationParameters, as it came
 * @param inExtension whether it stood in an Extension of type AdVerifications, which keeps it too
 */
public record Verification(
        String vendor,
        List<JavaScript> scripts,
        List<Executable> executables,
        List<Tracking> tracking,
        String parameters,
        boolean inExtension) {
    public Verification {
        scripts = List.copyOf(scripts);
        executables = List.copyOf(executables);
        tracking = List.copyOf(tracking);
    }

    /** JavaScriptResource (3.16.2.1). */
    public record JavaScript(String url, String apiFramework, Optional<Boolean> browserOptional) {}

    /** ExecutableResource (3.16.2.2). */
    public record Executable(String url, String apiFramework, String type) {}
}
