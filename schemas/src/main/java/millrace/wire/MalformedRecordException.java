package millrace.wire;

/** The bytes are no such record and never will be. Checked, since a caller must tell it from a registry that is away. */
public final class MalformedRecordException extends Exception {

    public MalformedRecordException(String reason) {
        super(reason);
    }
}
