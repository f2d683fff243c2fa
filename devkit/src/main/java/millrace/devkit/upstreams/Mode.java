package millrace.devkit.upstreams;

/** What an upstream does with a request at its entrance; inner hops of a chain always behave. */
public enum Mode {
    /** Serves its content. */
    NORMAL,
    /** A proper document without an ad: VAST with an Error, a bid response without bids. */
    EMPTY,
    /** HTTP 204. */
    NO_CONTENT,
    /** A document that ends in the middle. */
    MALFORMED,
    /** A proper document of 8 MiB. */
    OVERSIZED,
    /** A proper document that is said to be of another type. */
    WRONG_TYPE,
    /** A bid response to another request; a VAST document answers none, and is as it should be. */
    WRONG_ID,
    /** HTTP 500. */
    ERROR,
    /** Takes the request and never answers. */
    HANG,
    /** A proper document at 640 bytes a second. */
    DRIP,
    /** The connection is reset. */
    RESET,
    /** HTTP 302 once, then the content. */
    REDIRECT,
    /** HTTP 302 to itself. */
    REDIRECT_LOOP
}
