package millrace.upstream.http;

/** Sees each answer of each hop, redirects too, on a thread of the exchange. For records of what happened; changes nothing. */
@FunctionalInterface
public interface HttpWitness {
    HttpWitness NOBODY = (url, status, headers, body) -> {};

    /** @param body decoded; empty of a redirect */
    void saw(Url url, int status, HttpHeaders headers, byte[] body);
}
