package millrace.session;

/** What stands for a user whom a request gives no user id of. */
public enum Unnamed {
    /** The device id; a request without it is refused. */
    DEVICE,
    /** The device id, else the session id; a request with neither is refused. */
    SESSION,
    /** Nothing: the request is refused. */
    REFUSE,
    /** The device id, else the session id; a request with neither is decided for nobody, whom no cap over time counts. */
    UNCAPPED
}
