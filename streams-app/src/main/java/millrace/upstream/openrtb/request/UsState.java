package millrace.upstream.openrtb.request;

/**
 * A section of GPP for a state of the US, or for all of them: opt-outs of sale, sharing and targeted advertising, each of two bits at a place that its specification
 * fixes, and in most of them a segment with the browser's own signal (GPC). Sections from Maryland on begin with a header of their own, which says their
 * number; tools that are older than these specifications leave it out, and begin with the core.
 */
final class UsState {
    private static final int NATIONAL = 7;
    private static final int MARYLAND = 24;
    private static final int INDIANA = 25;
    private static final int RHODE_ISLAND = 27;

    private static final int NUMBER_BITS = 6;
    private static final char NEXT = '.';
    private static final int NOT_OPTED_OUT = 2;
    private static final int GPC_SEGMENT = 1;
    private static final int GPC_BIT = 2;

    private UsState() {}

    static boolean isOne(int id) {
        return id >= NATIONAL && id <= RHODE_ISLAND;
    }

    /** @param id of the section, one of {@link #isOne} */
    static boolean allows(int id, SixBits section) {
        boolean hasHeader = id >= MARYLAND && section.number(0, NUMBER_BITS) == id;
        if (section.number(hasHeader ? NUMBER_BITS : 0, NUMBER_BITS) < 1) {
            return false; // No version is: it cannot be read.
        }
        SixBits core = hasHeader ? section.after(NEXT) : section;
        return isOptedIn(id, core) && !(saysGpc(id) && isControlled(core));
    }

    private static boolean isOptedIn(int id, SixBits core) {
        // Of California sale and sharing, of the others sale and targeted advertising: two numbers each, side by side.
        return switch (id) {
            case NATIONAL -> isIn(core, 18) && isIn(core, 20) && isIn(core, 22);
            case 8, 9, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23 -> isIn(core, 12) && isIn(core, 14);
            case 11, 18 -> isIn(core, 14) && isIn(core, 16);
            case MARYLAND, INDIANA, 26, RHODE_ISLAND -> isIn(core, 16) && isIn(core, 18);
            default -> false;
        };
    }

    /** Not opted out, or not asked: a notice that a law does not want is none. */
    private static boolean isIn(SixBits core, int bit) {
        int choice = core.until(NEXT).number(bit, 2);
        return choice == 0 || choice == NOT_OPTED_OUT;
    }

    /** From Indiana on the second segment is of sensitive data, and its bits would read as a signal that nobody gave. */
    private static boolean saysGpc(int id) {
        return id < INDIANA;
    }

    /** Whether the browser says that nothing may be sold (Global Privacy Control). */
    private static boolean isControlled(SixBits core) {
        for (SixBits more = core.after(NEXT); !more.isEmpty(); more = more.after(NEXT)) {
            if (more.number(0, 2) == GPC_SEGMENT && more.isSet(GPC_BIT)) {
                return true;
            }
        }
        return false;
    }
}
