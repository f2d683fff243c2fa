package millrace.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Creative;
import millrace.schemas.Slot;
import millrace.upstream.vast.schedule.Cue;
import millrace.upstream.vast.writer.AdMarkup;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.writer.VastWriter;
import millrace.upstream.vast.writer.VmapWriter;

/**
 * The documents of answers: one VAST an ad, one VAST a pod, or one VMAP a request, as the request wants. Pure.
 *
 * @param beacons our own trackers
 * @param usual version of VAST where neither request nor slot names one
 */
public record Documents(Beacons beacons, VastVersion usual) {
    public static final Documents DEFAULTS = new Documents(Beacons.NONE, VastVersion.V4_2);

    /** A slot with the Ad elements that were issued for it. */
    public record Filled(Slot slot, List<String> elements) {
        public Filled {
            elements = List.copyOf(elements);
        }
    }

    /** A campaign's own creative, or a house ad, with its document when one is wanted. */
    public Material own(Creative creative, AdRequest request, Slot slot) {
        Material plain = Material.of(creative);
        return switch (request.getMarkup()) {
            case SOURCE -> plain;
            case NONE -> plain.without();
            case VAST, VMAP ->
                new OwnInline(creative)
                        .ad()
                        .map(ad ->
                                plain.with(AdMarkup.of(ad, version(request, slot), beacons, UnaryOperator.identity())))
                        .orElse(plain);
        };
    }

    /** The Ad element of a served ad, when a document is wanted and the ad is VAST. */
    public Optional<String> element(
            Material material, Issued issued, AdRequest request, Slot slot, Optional<Integer> sequence) {
        int place = isOne(request, slot) ? sequence.orElse(0) : 0;
        return material.document().map(ad -> ad.issued(issued.text(), place));
    }

    /** Whether several ads share a document. An exchange's are bids, and each bid has its own (OpenRTB 2.6, 4.2.3). */
    private static boolean isOne(AdRequest request, Slot slot) {
        return request.getMarkup() == AnswerMarkup.VMAP || (slot.getPod() != null && request.getOpenrtb() == null);
    }

    /** What the ad's own field holds; nothing when a larger document holds it. */
    Optional<String> markup(Material material, Optional<String> element, AdRequest request, Slot slot) {
        if (element.isEmpty()) {
            return material.markup();
        }
        return isOne(request, slot)
                ? Optional.empty()
                : Optional.of(VastWriter.document(List.of(element.get()), version(request, slot)));
    }

    /** The pod of a slot as one document, when that is wanted. */
    public Optional<String> pod(Filled filled, AdRequest request) {
        boolean wanted = request.getMarkup() == AnswerMarkup.VAST
                && filled.slot().getPod() != null
                && isOne(request, filled.slot())
                && !filled.elements().isEmpty();
        return wanted
                ? Optional.of(VastWriter.document(filled.elements(), version(request, filled.slot())))
                : Optional.empty();
    }

    /** The schedule of a request as one document, when that is wanted; its VAST has the version of the first slot. */
    public Optional<String> schedule(List<Filled> slots, AdRequest request) {
        if (request.getMarkup() != AnswerMarkup.VMAP || slots.isEmpty()) {
            return Optional.empty();
        }
        List<VmapWriter.Entry> breaks = new ArrayList<>();
        int midRolls = 0;
        for (Filled filled : slots) {
            String offset = offset(filled.slot(), midRolls + 1);
            midRolls += offset.startsWith("#") ? 1 : 0;
            breaks.add(new VmapWriter.Entry(filled.slot().getId(), offset, filled.elements()));
        }
        return Optional.of(
                VmapWriter.document(breaks, version(request, slots.getFirst().slot())));
    }

    private VastVersion version(AdRequest request, Slot slot) {
        return VastVersion.wantedBy(request, slot).orElse(usual);
    }

    /** A mid-roll without a time is the content's next own break. */
    private static String offset(Slot slot, int nextMidRoll) {
        return switch (Cue.of(slot)) {
            case Cue.Start(), Cue.Unsaid() -> "start";
            case Cue.Middle() -> "#" + nextMidRoll;
            case Cue.End() -> "end";
            case Cue.At(Duration time) -> time(time);
        };
    }

    private static String time(Duration at) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", at.toHours(), at.toMinutesPart(), at.toSecondsPart());
    }
}
