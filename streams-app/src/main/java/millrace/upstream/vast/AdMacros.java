package millrace.upstream.vast;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import millrace.upstream.vast.document.UniversalAdId;

/** The macros of one resolved ad: what the request tells, and what the ad itself knows. For trackers. */
record AdMacros(RequestMacros request, MergedAd merged) implements Macros {
    /**
     * What stays the same until the ad has been shown, and what a player may not know. All else is the player's to fill in: it
     * makes the call, and knows when and how.
     */
    private static final Set<String> SETTLED = Set.of(
            "TRANSACTIONID",
            "ADSERVINGID",
            "UNIVERSALADID",
            "ADTYPE",
            "BREAKPOSITION",
            "BREAKMAXDURATION",
            "BREAKMAXADS",
            "BREAKMINADLENGTH",
            "BREAKMAXADLENGTH",
            "PLACEMENTTYPE",
            "PLAYBACKMETHODS",
            "IFA",
            "IFATYPE",
            "LIMITADTRACKING",
            "GDPRCONSENT",
            "GPPSTRING",
            "GPPSECTIONID",
            "REGULATIONS",
            "PAGEURL",
            "DOMAIN",
            "APPBUNDLE",
            "STOREID",
            "STOREURL",
            "CONTENTID",
            "CONTENTURI");

    @Override
    public MacroValue valueOf(String name) {
        return switch (name) {
            case "ADSERVINGID" ->
                merged.ad().servingId().isEmpty()
                        ? new MacroValue.Unknown()
                        : MacroValue.of(merged.ad().servingId());
            case "UNIVERSALADID" -> MacroValue.of(universalIds());
            case "PODSEQUENCE" ->
                merged.ad().isStandAlone()
                        ? new MacroValue.Unknown()
                        : MacroValue.of(Integer.toString(merged.ad().sequence()));
            case "ADTYPE" -> {
                String type = merged.ad().head().adType().toLowerCase(Locale.ROOT);
                yield type.isEmpty() ? request.valueOf(name) : MacroValue.of(type);
            }
            case "ASSETURI" ->
                MacroValue.of(
                        merged.linear().media().stream().map(file -> file.url()).findFirst());
            default -> request.valueOf(name);
        };
    }

    /** Only what is settled and known; all else stays for the player. */
    Macros settled() {
        return name -> {
            MacroValue value = SETTLED.contains(name) ? valueOf(name) : new MacroValue.Foreign();
            return value instanceof MacroValue.Known ? value : new MacroValue.Foreign();
        };
    }

    private List<String> universalIds() {
        return merged.creative().universalIds().stream()
                .filter(UniversalAdId::isKnown)
                .map(id -> (id.registry().isEmpty() ? "unknown" : id.registry()) + " " + id.value())
                .toList();
    }
}
