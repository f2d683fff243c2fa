package millrace.upstream;

/** Why there was no proper answer. Messages name hosts, never secrets or user ids. */
public sealed interface UpstreamFailure {
    String message();

    /** The deadline came first. */
    record TimedOut(String message) implements UpstreamFailure {}

    /** No connection, or it broke; DNS failures too. */
    record Unreachable(String message) implements UpstreamFailure {}

    /** An HTTP status other than success. */
    record HttpStatus(int status, String message) implements UpstreamFailure {}

    /** Not a document of the protocol, or over a limit. */
    record Malformed(String message) implements UpstreamFailure {}

    /** A destination that the guard does not let through. */
    record Refused(String message) implements UpstreamFailure {}

    /** We ended the call ourselves. */
    record Cancelled(String message) implements UpstreamFailure {}
}
