package millrace.upstream.vast.check;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import millrace.upstream.vast.check.Findings.Place;

/** Rules about an element as a whole, which a list of what it may have does not say. */
record WholeCheck(Findings findings, int version, boolean inInline) {
    private static final int FOUR = 40;
    private static final int FOUR_ONE = 41;
    private static final Set<String> SOURCES = Set.of("VASTAdData", "VASTData", "AdTagURI", "CustomAdData");

    /** @param counts of the children, by name */
    void check(String name, Map<String, Integer> counts, Place place) {
        switch (name) {
            case "Ad" -> ad(counts, place);
            case "Wrapper" -> {
                if (none(counts, "VASTAdTagURI", "DAASTAdTagURI", "VASTAdTagURL")) {
                    findings.add(place, Severity.ERROR, "a Wrapper without VASTAdTagURI leads nowhere (101)");
                }
            }
            case "InLine" -> {
                if (version >= FOUR_ONE && none(counts, "AdServingId")) {
                    findings.add(place, Severity.WARNING, "AdServingId is missing, which VAST 4.1 requires");
                }
            }
            case "Creative" -> creative(counts, place);
            case "MediaFiles" -> {
                if (inInline && none(counts, "MediaFile", "InteractiveCreativeFile")) {
                    findings.add(place, Severity.ERROR, "there is no MediaFile; nothing can be played (403)");
                }
            }
            case "Companion", "Icon" -> {
                if (inInline && none(counts, "StaticResource", "IFrameResource", "HTMLResource")) {
                    findings.add(place, Severity.WARNING, "there is no resource; nothing can be shown");
                }
            }
            case "VASTAdData" -> {
                if (none(counts, "VAST", "DAAST")) {
                    findings.add(place, Severity.ERROR, "there is no VAST element; one in CDATA is a text (101)");
                }
            }
            case "AdSource" -> {
                if (none(counts, "VASTAdData", "VASTData", "AdTagURI", "CustomAdData")) {
                    findings.add(place, Severity.WARNING, "a source without ads, tag or data leaves the break empty");
                }
                if (SOURCES.stream().filter(counts::containsKey).count() > 1) {
                    findings.add(place, Severity.WARNING, "a source has ads, a tag or data; the last counts here");
                }
                if (counts.containsKey("CustomAdData")) {
                    findings.add(
                            place, Severity.WARNING, "CustomAdData is not read here (1005); players may not either");
                }
            }
            default -> {}
        }
    }

    private void ad(Map<String, Integer> counts, Place place) {
        boolean inline = counts.containsKey("InLine");
        boolean wrapper = counts.containsKey("Wrapper");
        if (!inline && !wrapper) {
            findings.add(place, Severity.ERROR, "an Ad without InLine or Wrapper is lost (101)");
        } else if (inline && wrapper) {
            findings.add(place, Severity.WARNING, "an Ad is InLine or Wrapper, not both; the first counts here");
        }
    }

    private void creative(Map<String, Integer> counts, Place place) {
        if (none(counts, "Linear", "NonLinearAds", "CompanionAds")) {
            findings.add(
                    place, Severity.WARNING, "a Creative without Linear, NonLinearAds or CompanionAds shows nothing");
        }
        if (inInline && version >= FOUR && none(counts, "UniversalAdId")) {
            findings.add(place, Severity.WARNING, "UniversalAdId is missing, which VAST 4 requires");
        }
    }

    private static boolean none(Map<String, Integer> counts, String... names) {
        return Stream.of(names).noneMatch(counts::containsKey);
    }
}
