package millrace.upstream.openrtb.request;

/** What the core segment of a TCF 2 string allows (IAB Europe, Transparency and Consent Framework). One that cannot be read allows nothing. */
public final class TcfConsent {
    private static final int VERSION_BITS = 6;
    private static final int PRECISE_PLACES = 140;
    private static final int PURPOSE_ONE = 152;
    private static final int VENDORS = 213;
    private static final int ID_BITS = 16;
    private static final int COUNT_BITS = 12;

    private final SixBits core;

    /** @param section as it is; what follows its first segment is not read */
    TcfConsent(SixBits section) {
        core = section.until('.');
    }

    static TcfConsent of(String text) {
        return new TcfConsent(SixBits.of(text));
    }

    /** Consent to store and to read on a device (purpose 1): without it nobody may be recognized. */
    boolean allowsStorage() {
        return isReadable() && core.isSet(PURPOSE_ONE);
    }

    /** Special feature 1. */
    boolean allowsPrecisePlaces() {
        return isReadable() && core.isSet(PRECISE_PLACES);
    }

    /** @param vendor its number on the Global Vendor List */
    boolean allows(int vendor) {
        int most = core.number(VENDORS, ID_BITS);
        int list = VENDORS + ID_BITS;
        if (!isReadable() || vendor > most) {
            return false;
        }
        return core.isSet(list) ? isInRanges(vendor, list + 1) : core.isSet(list + vendor);
    }

    private boolean isInRanges(int vendor, int ranges) {
        int count = core.number(ranges, COUNT_BITS);
        int at = ranges + COUNT_BITS;
        for (int i = 0; i < count; i++) {
            boolean isRange = core.isSet(at);
            int first = core.number(at + 1, ID_BITS);
            int last = isRange ? core.number(at + 1 + ID_BITS, ID_BITS) : first;
            if (vendor >= first && vendor <= last) {
                return first > 0;
            }
            at += 1 + (isRange ? 2 : 1) * ID_BITS;
        }
        return false;
    }

    private boolean isReadable() {
        return core.number(0, VERSION_BITS) == 2;
    }
}
