package millrace.upstream.vast.document;

/** Which ad server returned the ad (VAST 4.3, 3.4.1). */
public record AdSystem(String name, String version) {
    public static final AdSystem UNKNOWN = new AdSystem("", "");
}
