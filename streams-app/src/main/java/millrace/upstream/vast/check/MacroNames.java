package millrace.upstream.vast.check;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Macros in URLs (VAST 4.3, 6; the IAB's macro registry). */
final class MacroNames {
    private static final Set<String> KNOWN = Set.of("""
            ADCATEGORIES ADCOUNT ADPLAYHEAD ADSERVINGID ADTYPE APIFRAMEWORKS APPBUNDLE ASSETURI
            BLOCKEDADCATEGORIES BREAKMAXADLENGTH BREAKMAXADS BREAKMAXDURATION BREAKMINADLENGTH BREAKPOSITION
            CACHEBUSTING CLICKPOS CLICKTYPE CLIENTUA CONTENTCAT CONTENTID CONTENTPLAYHEAD CONTENTURI DEVICEIP
            DEVICEUA DOMAIN DSAPARAMS DSAPUBRENDER DSAREQUIRED ERRORCODE EXTENSIONS GDPRCONSENT GPPSECTIONID
            GPPSTRING IFA IFATYPE INVENTORYSTATE LATLONG LIMITADTRACKING MEDIAMIME MEDIAPLAYHEAD OMIDPARTNER
            PAGEURL PLACEMENTTYPE PLAYBACKMETHODS PLAYERCAPABILITIES PLAYERSIZE PLAYERSTATE PODSEQUENCE REASON
            REGULATIONS SERVERSIDE SERVERUA STOREID STOREURL TIMESTAMP TRANSACTIONID UNIVERSALADID VASTVERSIONS
            VERIFICATIONVENDORS""".strip().split("\\s+"));

    private static final int LONGEST = 40;

    private MacroNames() {}

    /** What is wrong with the macros of a URL, if anything; the first fault counts. */
    static Optional<String> fault(String url) {
        for (int at = url.indexOf('['); at >= 0; at = url.indexOf('[', at + 1)) {
            int end = url.indexOf(']', at);
            if (end > at + 1 && end - at < LONGEST) {
                Optional<String> fault = nameFault(url.substring(at + 1, end));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return foreignFault(url);
    }

    private static Optional<String> nameFault(String name) {
        if (KNOWN.contains(name) || !isName(name)) {
            return Optional.empty();
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return Optional.of(
                KNOWN.contains(upper)
                        ? "macro [" + name + "] is written in capitals; this one is left as it is"
                        : "macro [" + name + "] is not in the registry; it is left as it is");
    }

    private static Optional<String> foreignFault(String url) {
        if (url.contains("%%")) {
            return Optional.of("%%...%% is an ad server's own macro that was not filled in");
        }
        if (url.contains("%5B") && url.contains("%5D")) {
            return Optional.of("an escaped macro (%5B...%5D) is not one any more; it is left as it is");
        }
        return url.contains("${")
                ? Optional.of("${...} is left as it is; an auction's macros are the bidder's")
                : Optional.empty();
    }

    private static boolean isName(String text) {
        return text.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }
}
