package millrace.check;

/**
 * One thing that is wrong with an input.
 *
 * @param where a path or place that its owner can find: {@code caps[0].limit}, {@code millrace.toml:12:5}
 * @param message what is wrong, the value, what is allowed; no secret
 */
public record Fault(String where, String message) {

    @Override
    public String toString() {
        return where + ": " + message;
    }
}
