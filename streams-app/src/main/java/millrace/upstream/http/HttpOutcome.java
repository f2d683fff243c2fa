package millrace.upstream.http;

import millrace.upstream.UpstreamFailure;

/** How an exchange ended. */
public sealed interface HttpOutcome {

    /**
     * A whole answer.
     *
     * @param body decoded of its content encoding, within the size limit
     * @param url what answered, after redirects
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
    record Reply(int status, HttpHeaders headers, byte[] body, Url url) implements HttpOutcome {}

    /** No answer, or none that may be used. */
    record Broken(UpstreamFailure failure) implements HttpOutcome {}
}
