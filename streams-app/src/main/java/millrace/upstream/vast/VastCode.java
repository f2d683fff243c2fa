package millrace.upstream.vast;

/** The error codes that a resolver raises (VAST 4.3, 2.3.6.3). */
final class VastCode {
    static final int XML_PARSING = 100;
    static final int SCHEMA = 101;
    static final int VERSION = 102;
    static final int TRAFFICKING = 200;
    static final int LINEARITY = 201;
    static final int DURATION = 202;
    static final int BLOCKED_CATEGORY = 205;
    static final int WRAPPER = 300;
    static final int TIMEOUT = 301;
    static final int WRAPPER_LIMIT = 302;
    static final int NO_AD = 303;
    static final int NO_MEDIA = 403;

    private VastCode() {}
}
