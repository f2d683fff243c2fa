package millrace.upstream.vast.document;

/** The error codes of a break that a resolver raises (VMAP 1.0.1, 2.5). */
public final class VmapCode {
    /** All of VMAP's are from here on, all of VAST's below. */
    public static final int LEAST = 1000;

    public static final int TEMPLATE = 1005;
    public static final int UNREADABLE = 1006;
    public static final int TIMEOUT = 1007;
    public static final int NOT_RETRIEVED = 1008;

    private VmapCode() {}
}
