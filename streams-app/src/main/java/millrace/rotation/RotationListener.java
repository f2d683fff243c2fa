package millrace.rotation;

/** Is told what rotations do. Called on any thread; must return at once. */
public interface RotationListener {
    RotationListener NOBODY = new RotationListener() {};

    /** Who chose. */
    enum Chooser {
        SELECTOR,
        FALLBACK,
        ANYWHERE,
        NOBODY
    }

    default void chose(Chooser chooser) {}

    /** A session or user could not stay with its upstream. */
    default void failedOver() {}

    /** Everybody of a pool had failed, and some are asked again. */
    default void retried() {}

    /** A second upstream is asked because the first takes long. */
    default void hedged() {}

    /** An upstream is left alone from now on. */
    default void breakerOpened(String upstream) {}

    default void breakerClosed(String upstream) {}

    /** A plugin threw something, or did what it must not; somebody else's answer is taken. */
    default void pluginFailed(String plugin, Throwable why) {}
}
