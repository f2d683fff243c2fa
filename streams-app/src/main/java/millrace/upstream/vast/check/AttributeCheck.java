package millrace.upstream.vast.check;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import millrace.upstream.vast.document.BreakOffset;
import millrace.upstream.vast.document.Offset;
import millrace.upstream.vast.document.VastTime;

/**
 * What is wrong with the value of one attribute.
 *
 * @param name of the attribute, as the specification spells it
 * @param value trimmed, not empty
 */
record AttributeCheck(String element, String name, String value) {
    private static final Set<String> AD_TYPES = Set.of("video", "audio", "hybrid");
    private static final Set<String> BREAK_TYPES = Set.of("linear", "nonlinear", "display");

    /** A fault with what it costs. */
    record Fault(Severity severity, String message) {
        static Optional<Fault> warning(String message) {
            return Optional.of(new Fault(Severity.WARNING, message));
        }

        static Optional<Fault> error(String message) {
            return Optional.of(new Fault(Severity.ERROR, message));
        }

        static Optional<Fault> note(String message) {
            return Optional.of(new Fault(Severity.NOTE, message));
        }
    }

    Optional<Fault> fault() {
        return switch (name) {
            case "width",
                    "height",
                    "bitrate",
                    "minBitrate",
                    "maxBitrate",
                    "fileSize",
                    "assetWidth",
                    "assetHeight",
                    "expandedWidth",
                    "expandedHeight" ->
                isDigits(value) ? none() : Fault.warning(name + " is \"" + value + "\", not a whole number");
            case "sequence" -> sequence();
            case "followAdditionalWrappers",
                    "allowMultipleAds",
                    "fallbackOnNoAd",
                    "followRedirects",
                    "xmlEncoded",
                    "scalable",
                    "maintainAspectRatio",
                    "browserOptional",
                    "variableDuration",
                    "conditionalAd" -> flag();
            case "skipoffset", "offset" -> offset();
            case "duration", "minSuggestedDuration", "repeatAfter" ->
                VastTime.parse(value).isPresent() ? none() : Fault.warning(name + " \"" + value + "\" is not a time");
            case "delivery" -> oneOf(Set.of("progressive", "streaming"));
            case "adType" -> oneOf(AD_TYPES);
            case "required" -> oneOf(Set.of("all", "any", "none"));
            case "renderingMode" -> oneOf(Set.of("default", "end-card", "concurrent"));
            case "type" -> type();
            case "apiFramework" -> apiFramework();
            case "timeOffset" ->
                BreakOffset.parse(value).isPresent()
                        ? none()
                        : Fault.error("timeOffset \"" + value + "\" is not a time of a break; the break is lost");
            case "breakType" -> breakType();
            default -> none();
        };
    }

    private Optional<Fault> sequence() {
        boolean isPlace = isDigits(value) && !value.equals("0");
        return isPlace || !element.equals("Ad")
                ? none()
                : Fault.warning("sequence is \"" + value + "\", not 1 or more; the ad stands alone");
    }

    private Optional<Fault> flag() {
        boolean isFlag = Set.of("true", "false", "1", "0").contains(value);
        if (isFlag) {
            return name.equals("conditionalAd") && !value.equals("false") && !value.equals("0")
                    ? Fault.warning("conditionalAd is deprecated; servers refuse the ad (408)")
                    : none();
        }
        return Fault.warning(name + " is \"" + value + "\", not true or false; its default counts");
    }

    private Optional<Fault> offset() {
        if (element.equals("Icon")) {
            return VastTime.parse(value).isPresent() ? none() : Fault.warning("offset \"" + value + "\" is not a time");
        }
        return Offset.parse(value).isPresent()
                ? none()
                : Fault.warning(name + " \"" + value + "\" is neither HH:MM:SS nor a percentage");
    }

    private Optional<Fault> type() {
        boolean isMime = element.equals("MediaFile") || element.equals("Mezzanine");
        if (isMime && value.indexOf('/') <= 0) {
            return Fault.error("type \"" + value + "\" is not a media type; no player takes the file");
        }
        return value.toLowerCase(Locale.ROOT).contains("flash")
                ? Fault.warning("Flash is played nowhere any more")
                : none();
    }

    private Optional<Fault> apiFramework() {
        return value.equalsIgnoreCase("VPAID")
                ? Fault.warning(
                        "VPAID is deprecated since VAST 4.1; not played in apps, on TV and in server-side insertion")
                : none();
    }

    private Optional<Fault> breakType() {
        boolean known = Stream.of(value.split(",", -1)).map(String::strip).allMatch(BREAK_TYPES::contains);
        return known ? none() : Fault.warning("breakType \"" + value + "\" is not of linear, nonlinear, display");
    }

    private Optional<Fault> oneOf(Set<String> values) {
        return values.contains(value)
                ? none()
                : Fault.warning(name + " is \"" + value + "\", not one of "
                        + String.join(", ", values.stream().sorted().toList()));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() < 16 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Fault> none() {
        return Optional.empty();
    }
}
