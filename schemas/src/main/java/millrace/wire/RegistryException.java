package millrace.wire;

/** The registry did not do what was asked. The four kinds differ in what the caller can do about it. No message holds a secret. */
public abstract sealed class RegistryException extends RuntimeException {

    private RegistryException(String message) {
        super(message);
    }

    /** A definite no: the registry works and has no such subject, version, schema or setting. Asking again soon is useless. */
    public static final class Unknown extends RegistryException {
        public Unknown(String message) {
            super(message);
        }
    }

    /** Not reachable, too slow, or in trouble (429 and 5xx). Asking again later may succeed; nothing is known about the record. */
    public static final class Unavailable extends RegistryException {
        public Unavailable(String message) {
            super(message);
        }
    }

    /** The schema breaks the subject's compatibility level (409). Someone must change the schema or the level. */
    public static final class Incompatible extends RegistryException {
        public Incompatible(String message) {
            super(message);
        }
    }

    /** Credentials, URL or request were not accepted (401, 403, 422 and the like). Someone must change the configuration. */
    public static final class Refused extends RegistryException {
        public Refused(String message) {
            super(message);
        }
    }
}
