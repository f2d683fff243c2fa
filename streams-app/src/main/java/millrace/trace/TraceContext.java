package millrace.trace;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The trace that a request belongs to, as somebody before us named it (W3C Trace Context). It is handed on and nothing else: no span of ours is recorded anywhere.
 *
 * @param parent {@code 00-<trace>-<span>-<flags>}, lower case, well-formed
 * @param state what tracing systems say to each other; empty when they say nothing
 */
public record TraceContext(String parent, String state) {
    public static final String PARENT = "traceparent";
    public static final String STATE = "tracestate";
    /** The least that a system has to hand on (3.3.1.5). */
    public static final int LONGEST_STATE = 512;

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;
    /** A version to come may say more behind the flags; more than this is no parent. */
    private static final int LONGEST_PARENT = 256;

    /**
     * @param parent as it came; of a version that is not known yet, what this one knows is read (4.3)
     * @param state as it came; one that is malformed or too long is left out
     * @return nothing when the parent is malformed
     */
    public static Optional<TraceContext> of(String parent, String state) {
        return isParent(parent)
                ? Optional.of(new TraceContext("00" + parent.substring(TRACE - 1, LENGTH), isState(state) ? state : ""))
                : Optional.empty();
    }

    /**
     * The same trace for whom we call.
     *
     * @param span names the call
     */
    public String child(long span) {
        return parent.substring(0, SPAN)
                + HexFormat.of().toHexDigits(span == 0 ? 1 : span)
                + parent.substring(FLAGS - 1);
    }

    private static boolean isParent(String text) {
        return text.length() >= LENGTH
                && text.length() <= LONGEST_PARENT
                && isHex(text, 0, TRACE - 1)
                && !text.startsWith("ff")
                && text.charAt(TRACE - 1) == '-'
                && isHex(text, TRACE, SPAN - 1)
                && !isZero(text, TRACE, SPAN - 1)
                && text.charAt(SPAN - 1) == '-'
                && isHex(text, SPAN, FLAGS - 1)
                && !isZero(text, SPAN, FLAGS - 1)
                && text.charAt(FLAGS - 1) == '-'
                && isHex(text, FLAGS, LENGTH)
                && (text.length() == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-'));
    }

    private static boolean isState(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isBlank() && text.length() <= LONGEST_STATE;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
