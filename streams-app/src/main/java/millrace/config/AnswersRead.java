package millrace.config;

/** Which records of answers a reader takes. */
public enum AnswersRead {
    /** Those whose transaction was committed. */
    COMMITTED,
    /** As they are written; one may be rolled back, and then comes again otherwise. */
    UNCOMMITTED;

    public boolean committedOnly() {
        return this == COMMITTED;
    }
}
