package millrace.devkit.http;

/** Decides what a request gets. Called on the server's only thread: never waits. */
@FunctionalInterface
public interface Handler {
    Reaction react(Request request);
}
