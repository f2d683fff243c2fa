package millrace.upstream.vast.document;

/** Who advertises, as the ad server names it (VAST 4.3, 3.4.4). */
public record Advertiser(String id, String name) {
    public static final Advertiser UNKNOWN = new Advertiser("", "");
}
