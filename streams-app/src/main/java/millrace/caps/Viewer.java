package millrace.caps;

import java.time.Instant;

/**
 * Who would see the ad: a user, in a session.
 *
 * @param userKey empty for nobody: a request that names no one, and whose ads no cap over time counts
 * @param session fingerprint of the session's id
 * @param since when the session began
 */
public record Viewer(String userKey, long session, Instant since) {
    private static final Viewer NOBODY = new Viewer("", 0, Instant.EPOCH);

    public static Viewer nobody() {
        return NOBODY;
    }

    boolean isNobody() {
        return userKey.isEmpty();
    }

    /** Without the key: it must not reach a log. */
    @Override
    public String toString() {
        return "Viewer";
    }
}
