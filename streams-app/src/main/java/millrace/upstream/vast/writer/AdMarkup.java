package millrace.upstream.vast.writer;

import java.util.List;
import java.util.function.UnaryOperator;
import millrace.upstream.vast.document.VastAd;

/**
 * One Ad element, written before it is known whether and where it is served: its token and its place in a pod are
 * blanks that {@link #issued} fills. So what is written can be measured before money is taken.
 *
 * @param text without what the blanks stand for
 * @param blanks in the order of the text
 */
public record AdMarkup(String text, List<Blank> blanks) {

    /** @param at characters before it */
    record Blank(int at, Kind kind) {}

    enum Kind {
        /** The token, in beacons and for an ad without a serving id. */
        TOKEN,
        /** A whole attribute: the place in a pod. */
        SEQUENCE
    }

    public AdMarkup {
        blanks = List.copyOf(blanks);
    }

    /**
     * An ad with our beacons.
     *
     * @param macros puts what is known into the URLs of trackers
     */
    public static AdMarkup of(VastAd.InLine ad, VastVersion version, Beacons beacons, UnaryOperator<String> macros) {
        Markup xml = new Markup(macros);
        if (version.isAtLeast(VastVersion.V4_0)) {
            new AdWriter(xml, version, beacons).write(ad);
        } else {
            new OlderAdWriter(xml, version, beacons).write(ad);
        }
        return new AdMarkup(xml.toString(), xml.blanks());
    }

    /** Characters that it comes to with a token of this length. */
    public int characters(int token) {
        return text.length() + blanks.size() * token;
    }

    /** @param sequence place in a pod; 0 stands alone */
    public String issued(String token, int sequence) {
        StringBuilder out = new StringBuilder(characters(token.length()));
        int done = 0;
        for (Blank blank : blanks) {
            out.append(text, done, blank.at());
            done = blank.at();
            switch (blank.kind()) {
                case TOKEN -> out.append(token);
                case SEQUENCE -> out.append(sequence > 0 ? " sequence=\"" + sequence + "\"" : "");
            }
        }
        return out.append(text, done, text.length()).toString();
    }
}
