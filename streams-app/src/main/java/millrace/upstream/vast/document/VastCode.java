package millrace.upstream.vast.document;

/** The error codes that a resolver raises (VAST 4.3, 2.3.6.3). */
public final class VastCode {
    public static final int XML_PARSING = 100;
    public static final int SCHEMA = 101;
    public static final int VERSION = 102;
    public static final int TRAFFICKING = 200;
    public static final int LINEARITY = 201;
    public static final int DURATION = 202;
    public static final int BLOCKED_CATEGORY = 205;
    public static final int BREAK_SHORTENED = 206;
    public static final int WRAPPER = 300;
    public static final int TIMEOUT = 301;
    public static final int WRAPPER_LIMIT = 302;
    public static final int NO_AD = 303;
    public static final int NO_MEDIA = 403;

    private VastCode() {}
}
