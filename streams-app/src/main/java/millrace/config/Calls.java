package millrace.config;

/** How the decision calls upstreams. */
public enum Calls {
    /** Many at a time; the stream thread goes on. */
    ASYNC,
    /** One at a time, waited for; only to measure what that costs. */
    BLOCKING
}
