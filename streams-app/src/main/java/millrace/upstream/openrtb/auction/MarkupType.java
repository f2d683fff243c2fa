package millrace.upstream.openrtb.auction;

import java.util.Locale;
import java.util.Optional;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.Imp;
import org.jspecify.annotations.Nullable;

/** What an ad is made of ({@code Bid.mtype}). */
public enum MarkupType {
    BANNER,
    VIDEO,
    AUDIO,
    NATIVE;

    /**
     * What a bid is: what it says, else what its markup looks like, else what the impression wants if that is one thing, else a banner.
     *
     * @return empty when it says a number that is not known
     */
    static Optional<MarkupType> of(Bid bid, Imp imp) {
        Integer stated = bid.mtype();
        if (stated != null) {
            return stated >= 1 && stated <= values().length ? Optional.of(values()[stated - 1]) : Optional.empty();
        }
        return looks(bid.adm(), imp).or(() -> only(imp)).or(() -> Optional.of(BANNER));
    }

    boolean isWantedBy(Imp imp) {
        return switch (this) {
            case BANNER -> imp.banner() != null;
            case VIDEO -> imp.video() != null;
            case AUDIO -> imp.audio() != null;
            case NATIVE -> imp.nativeAd() != null;
        };
    }

    private static Optional<MarkupType> looks(@Nullable String markup, Imp imp) {
        String text = markup == null ? "" : markup.stripLeading();
        if (text.startsWith("<VAST") || text.startsWith("<?xml")) {
            return Optional.of(imp.video() == null && imp.audio() != null ? AUDIO : VIDEO);
        }
        if (text.startsWith("{")) {
            return Optional.of(NATIVE);
        }
        return text.startsWith("<") ? Optional.of(BANNER) : Optional.empty();
    }

    private static Optional<MarkupType> only(Imp imp) {
        MarkupType found = null;
        for (MarkupType type : values()) {
            if (type.isWantedBy(imp)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = type;
            }
        }
        return Optional.ofNullable(found);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
