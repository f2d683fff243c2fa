package millrace.session;

import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.User;

/**
 * What a user's sessions and caps are counted on, and the key by which requests are partitioned.
 *
 * @param value 1 to 256 characters without control characters; empty for nobody
 */
public record UserKey(String value) {
    private static final UserKey NOBODY = new UserKey("");

    public UserKey {
        if (value.length() > Identity.MAX_CHARS) {
            throw new IllegalArgumentException(
                    "user key has " + value.length() + " characters; allowed is at most " + Identity.MAX_CHARS);
        }
    }

    /** A request that names no one, where that is allowed: it has no session, and no cap over time. */
    public boolean isNobody() {
        return value.isEmpty();
    }

    /**
     * Whom a request names, by the policy for requests without a user id.
     *
     * @return empty when the request is to be refused
     */
    public static Optional<UserKey> of(AdRequest request, Unnamed policy) {
        return switch (policy) {
            case REFUSE -> userId(request).map(UserKey::new);
            case DEVICE -> userId(request).or(() -> deviceId(request)).map(UserKey::new);
            case SESSION -> of(request);
            case UNCAPPED -> of(request).or(() -> Optional.of(NOBODY));
        };
    }

    /**
     * The user id, else the device id, else the session id. An id that many share (all zeros, {@code unknown}, the hash of
     * nothing, a macro that nobody filled in), or one over 256 characters, counts as none.
     */
    public static Optional<UserKey> of(AdRequest request) {
        return userId(request)
                .or(() -> deviceId(request))
                .or(() -> sessionId(request))
                .map(UserKey::new);
    }

    static Optional<String> userId(AdRequest request) {
        return Identity.of(Optional.ofNullable(request.getUser()).map(User::getId));
    }

    static Optional<String> deviceId(AdRequest request) {
        return Identity.of(Optional.ofNullable(request.getDevice()).map(Device::getId));
    }

    static Optional<String> sessionId(AdRequest request) {
        return Identity.of(Optional.ofNullable(request.getSessionId()));
    }

    /** Without the key: it must not reach a log. */
    @Override
    public String toString() {
        return "UserKey";
    }
}
