package millrace.devkit.load;

/** Follows a load. Called on the sending thread: must be quick. */
public interface LoadListener {

    /** The warm-up is over. */
    default void measuring() {}

    /** The last request is sent. */
    default void sent() {}

    /** About once a second. */
    default void progress(int sent, int answered, int of) {}
}
