package millrace.upstream.openrtb.json;

/**
 * The values that the lists of AdCOM 1.0 and OpenRTB 2.6 know. New ones come without a new version of the specification, so nobody refuses a
 * message for one.
 */
public enum Listing {
    AD_INSERTION(0, 3),
    AGENT_TYPES(1, 3, true),
    API_FRAMEWORKS(1, 9, true),
    AUCTION_TYPES(1, 2, true),
    BANNER_TYPES(1, 4),
    CATEGORY_TAXONOMIES(1, 9, true),
    COMPANION_TYPES(1, 3),
    CONNECTION_TYPES(1, 7),
    CONTENT_CONTEXTS(1, 7),
    CREATIVE_ATTRIBUTES(1, 23, true),
    DEAL_AUCTION_TYPES(1, 3, true),
    DELIVERY_METHODS(1, 3),
    DEVICE_TYPES(1, 8),
    EXPANDABLE_DIRECTIONS(1, 6),
    FEED_TYPES(1, 7, true),
    FLAG(0, 1),
    ID_MATCHES(0, 5, true),
    IP_LOCATION_SERVICES(1, 4, true),
    LINEARITY(1, 2),
    LOCATION_TYPES(1, 3),
    MARKUP_TYPES(1, 4),
    MEDIA_RATINGS(1, 3),
    MEDIA_SUBTYPES(1, 16),
    MULTIPLIER_SOURCES(0, 3),
    NO_BID_REASONS(0, 17, true),
    PLACEMENT_POSITIONS(0, 17),
    PLAYBACK_ENDS(1, 3),
    PLAYBACK_METHODS(1, 11),
    POD_DEDUPE(1, 5),
    POD_SEQUENCE(-1, 1),
    POD_SLOTS(-1, 2),
    PRODUCTION_QUALITIES(0, 3),
    REFRESH_TRIGGERS(0, 3),
    /** Above 0 it is the second in the content. */
    START_DELAYS(-2, Integer.MAX_VALUE),
    USER_AGENT_SOURCES(0, 3),
    VENUE_TAXONOMIES(0, 5),
    VIDEO_PLACEMENTS(1, 9),
    VOLUME_MODES(0, 4);

    /** From here on values are a vendor's or an exchange's own, in the lists that have such. */
    private static final int OWN_VALUES = 500;

    private final int least;
    private final int most;
    private final boolean open;

    Listing(int least, int most) {
        this(least, most, false);
    }

    Listing(int least, int most, boolean open) {
        this.least = least;
        this.most = most;
        this.open = open;
    }

    public boolean knows(int value) {
        return (value >= least && value <= most) || (open && value >= OWN_VALUES);
    }
}
