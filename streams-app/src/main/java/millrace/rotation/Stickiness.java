package millrace.rotation;

/** For how long an upstream is kept. */
public enum Stickiness {
    SESSION,
    USER
}
