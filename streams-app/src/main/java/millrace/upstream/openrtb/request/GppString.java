package millrace.upstream.openrtb.request;

import java.util.List;
import java.util.Optional;

/**
 * A string of the Global Privacy Platform: a header that names its sections, then the sections, all parted by tildes. Of sections of states of the US the
 * opt-outs of sale, sharing and targeted advertising are read, and the browser's own signal (GPC); of those of Canada and the EU consent to storage. Whatever is in force
 * and cannot be read forbids: a law that we do not know is no permission.
 */
record GppString(String text) {
    private static final char NEXT = '~';
    private static final int TYPE = 3;
    private static final int TYPE_BITS = 6;
    private static final int VERSION_BITS = 6;
    private static final int COUNT = 12;
    private static final int COUNT_BITS = 12;
    /** Sections of a string, and ids of sections: whoever has more looks for our time. */
    private static final int MOST_SECTIONS = 50;

    private static final int MOST_ID = 512;

    private static final int EU = 2;
    private static final int CANADA = 5;
    private static final int US_PRIVACY = 6;
    /** No section is. */
    private static final int NONE_APPLIES = -1;

    /** Consent to purpose 1 in the section of Canada: said, and implied. */
    private static final int CANADA_SAID = 151;

    private static final int CANADA_IMPLIED = 175;

    /** What a section that is in force says of identifiers. */
    enum Verdict {
        ALLOWS,
        FORBIDS
    }

    /**
     * @param inForce ids of sections ({@code gpp_sid}); where none is said, all that are there
     */
    Verdict verdict(List<Integer> inForce) {
        if (inForce.isEmpty()) {
            return text.isEmpty() || allOfHeader() ? Verdict.ALLOWS : Verdict.FORBIDS;
        }
        if (inForce.size() > MOST_SECTIONS) {
            return Verdict.FORBIDS;
        }
        for (int id : inForce) {
            if (id != NONE_APPLIES && id != EU && !allows(id, section(id))) {
                return Verdict.FORBIDS;
            }
        }
        return Verdict.ALLOWS;
    }

    /** The TCF string in it. */
    Optional<TcfConsent> eu() {
        return section(EU).map(TcfConsent::new);
    }

    private boolean allOfHeader() {
        Header header = new Header(SixBits.of(text).until(NEXT));
        int sections = 0;
        for (int id = header.next(); id > 0; id = header.next()) {
            if (id != EU && !allows(id, nth(sections))) {
                return false;
            }
            sections++;
        }
        return header.isReadable;
    }

    private static boolean allows(int id, Optional<SixBits> found) {
        if (id == US_PRIVACY && found.isEmpty()) {
            return true; // It has a field of its own, which is read anyway.
        }
        if (found.isEmpty()) {
            return false;
        }
        SixBits section = found.get();
        return switch (id) {
            case CANADA ->
                section.number(0, VERSION_BITS) >= 1 && (section.isSet(CANADA_SAID) || section.isSet(CANADA_IMPLIED));
            case US_PRIVACY -> !UsPrivacy.isOptOut(section.text().substring(section.from(), section.to()));
            default -> UsState.isOne(id) && UsState.allows(id, section);
        };
    }

    private Optional<SixBits> section(int wanted) {
        Header header = new Header(SixBits.of(text).until(NEXT));
        int before = 0;
        for (int id = header.next(); id > 0; id = header.next()) {
            if (id == wanted) {
                return nth(before);
            }
            before++;
        }
        return Optional.empty();
    }

    private Optional<SixBits> nth(int number) {
        int from = text.indexOf(NEXT);
        for (int i = 0; i < number && from >= 0; i++) {
            from = text.indexOf(NEXT, from + 1);
        }
        if (from < 0) {
            return Optional.empty();
        }
        int to = text.indexOf(NEXT, from + 1);
        return Optional.of(new SixBits(text, from + 1, to < 0 ? text.length() : to));
    }

    /** Goes through the ids of sections, which are written as ranges of Fibonacci numbers, each from the end of the one before. */
    private static final class Header {
        private final SixBits bits;
        private int ranges;
        private int at = COUNT + COUNT_BITS;
        private int id;
        private int last;
        private boolean isReadable;

        Header(SixBits bits) {
            this.bits = bits;
            this.isReadable = bits.number(0, TYPE_BITS) == TYPE;
            this.ranges = isReadable ? Math.min(bits.number(COUNT, COUNT_BITS), MOST_SECTIONS) : 0;
        }

        /** @return the next id; 0 behind the last, and where nothing can be read any more */
        int next() {
            if (id < last) {
                return ++id;
            }
            if (ranges <= 0) {
                return 0;
            }
            ranges--;
            boolean isRange = bits.isSet(at++);
            int first = last + fibonacci();
            last = isRange ? first + fibonacci() : first;
            id = first;
            return isReadable && last <= MOST_ID ? first : 0;
        }

        private int fibonacci() {
            int sum = 0;
            int one = 1;
            int two = 2;
            for (boolean before = false; at < Integer.MAX_VALUE; at++) {
                int bit = bits.number(at, 1);
                if (bit < 0 || one > MOST_ID) {
                    isReadable = false;
                    return 0;
                }
                if (bit == 1 && before) {
                    at++;
                    return sum;
                }
                sum += bit * one;
                before = bit == 1;
                int next = one + two;
                one = two;
                two = next;
            }
            return sum;
        }
    }
}
