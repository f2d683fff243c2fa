package millrace.cli;

/** What a command ends with. */
public final class ExitCode {
    /** It did what it was asked. */
    public static final int OK = 0;
    /** It could not. */
    public static final int FAILED = 1;
    /** It was asked wrongly. */
    public static final int USAGE = 2;
    /** Kafka or the schema registry could not be reached. */
    public static final int UNREACHABLE = 3;
    /** A file, a setting, a token or a topic is not as it must be. */
    public static final int INVALID = 4;

    private ExitCode() {}
}
