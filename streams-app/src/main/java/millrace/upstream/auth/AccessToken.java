package millrace.upstream.auth;

/**
 * A token as it was given.
 *
 * @param renewAt from when on another is fetched, in {@link System#nanoTime} time
 * @param endsAt from when on it is not used
 */
record AccessToken(String value, long renewAt, long endsAt) {
    boolean isUsable(long now) {
        return now - endsAt < 0;
    }

    boolean isDue(long now) {
        return now - renewAt >= 0;
    }

    /** Without its value: that is secret. */
    @Override
    public String toString() {
        return "AccessToken[...]";
    }
}
