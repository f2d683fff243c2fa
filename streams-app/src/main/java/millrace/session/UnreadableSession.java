package millrace.session;

/** Bytes of the session store that are not a session of a version that we know. */
final class UnreadableSession extends Exception {
    UnreadableSession(String message, Throwable cause) {
        super(message, cause);
    }
}
