package millrace.config;

/** A text that must not reach a log, an error message or a screen. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
