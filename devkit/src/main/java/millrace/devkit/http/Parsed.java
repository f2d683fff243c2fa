package millrace.devkit.http;

/** How far the bytes of a connection have come. */
sealed interface Parsed {

    /** More bytes are needed. */
    record Incomplete() implements Parsed {}

    /** @param keepAlive whether the connection may be used again after the answer */
    record Complete(Request request, boolean keepAlive) implements Parsed {}

    /** Not a request that this server takes; the connection ends with that status. */
    record Refused(int status) implements Parsed {}
}
