package millrace.config;

/** Brokers could not be reached, or did not let us. The message is a line for a person. */
public final class BrokersException extends RuntimeException {
    public BrokersException(String message, Throwable cause) {
        super(message, cause);
    }
}
