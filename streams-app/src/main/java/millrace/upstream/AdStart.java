package millrace.upstream;

/** Where the search for an ad begins. */
public sealed interface AdStart {

    /** With the upstream's own tag. */
    record Tag() implements AdStart {}

    /** With a document that is here already: nobody is asked for it, only for what it wraps. */
    record Markup(String text) implements AdStart {}

    /**
     * With what the call of a win notice returns (OpenRTB 2.6, 4.3): calling it tells the bidder that it won.
     *
     * @param isVast whether that is a document to be followed; else it is the ad as it is
     */
    record WinNotice(String url, boolean isVast) implements AdStart {}
}
