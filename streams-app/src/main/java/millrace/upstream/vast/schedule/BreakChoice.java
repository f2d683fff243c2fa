package millrace.upstream.vast.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import millrace.schemas.AdRequest;
import millrace.schemas.Content;
import millrace.schemas.Player;
import millrace.schemas.Slot;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.BreakOffset;
import millrace.upstream.vast.document.VmapDocument;

/**
 * Finds the breaks of a schedule that a slot is (VMAP 1.0.1, 2.3.1). Several breaks may come at the same time; all of them are
 * meant then, in the order of the document. A slot is filled with linear ads, so breaks of other kinds are passed over.
 *
 * @param number which of the request's slots inside the content this is, from 1
 * @param length of the content; without it nobody knows when a break at a percentage comes
 */
public record BreakChoice(Cue cue, int number, Optional<Duration> length) {

    /** A break and when it first comes. */
    private record Placed(AdBreak adBreak, BreakOffset offset) {

        boolean repeats() {
            return adBreak.repeatAfter().filter(Duration::isPositive).isPresent();
        }

        boolean isInside() {
            return repeats() || !(offset instanceof BreakOffset.Start || offset instanceof BreakOffset.End);
        }

        /** When it last comes until then, repeated or not; absent also when that is the beginning of the content. */
        Optional<Duration> latest(Duration until) {
            Optional<Duration> first = switch (offset) {
                case BreakOffset.Start() -> Optional.of(Duration.ZERO);
                case BreakOffset.At(Duration time) -> Optional.of(time);
                case BreakOffset.End(), BreakOffset.Part(int _), BreakOffset.Place(int _) -> Optional.empty();
            };
            return first.filter(time -> time.compareTo(until) <= 0)
                    .map(time -> time.plus(passed(until.minus(time))))
                    .filter(Duration::isPositive);
        }

        private Duration passed(Duration since) {
            return repeats()
                    ? adBreak.repeatAfter()
                            .map(every -> every.multipliedBy(since.dividedBy(every)))
                            .orElse(Duration.ZERO)
                    : Duration.ZERO;
        }
    }

    /** A slot is announced to the second; a break may come at any thousandth of it. */
    private static final Duration REST_OF_THE_SECOND = Duration.ofMillis(999);

    private static final int WHOLE = 1_000_000;

    public static BreakChoice of(Slot slot, AdRequest request) {
        List<Slot> inside = request.getSlots().stream()
                .filter(one -> Cue.of(one).isInside())
                .toList();
        int number = 1
                + (int) inside.stream()
                        .takeWhile(one -> !one.getId().equals(slot.getId()))
                        .count();
        Optional<Duration> length = Optional.ofNullable(request.getContent())
                .map(Content::getLengthSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        Cue cue = Cue.of(slot);
        Cue known = cue instanceof Cue.Middle && inside.size() < 2
                ? playhead(request).<Cue>map(Cue.At::new).orElse(cue)
                : cue;
        return new BreakChoice(known, number, length);
    }

    /** A slot without a time is where the player is, if it is the request's only one. */
    private static Optional<Duration> playhead(AdRequest request) {
        return Optional.ofNullable(request.getPlayer())
                .map(Player::getContentPlayheadMillis)
                .filter(millis -> millis > 0)
                .map(Duration::ofMillis);
    }

    /** The breaks meant; none when the schedule has no such. */
    public List<AdBreak> of(VmapDocument schedule) {
        List<AdBreak> linear =
                schedule.breaks().stream().filter(BreakChoice::isLinear).toList();
        List<Placed> placed = linear.stream()
                .flatMap(one ->
                        BreakOffset.parse(one.timeOffset()).map(offset -> new Placed(one, normal(offset))).stream())
                .toList();
        return switch (cue) {
            case Cue.Start() -> those(placed, one -> one.offset() instanceof BreakOffset.Start);
            case Cue.End() -> those(placed, one -> one.offset() instanceof BreakOffset.End);
            case Cue.At(Duration time) -> at(time.plus(REST_OF_THE_SECOND), placed);
            case Cue.Middle() -> numbered(placed);
            case Cue.Unsaid() -> first(linear);
        };
    }

    private static boolean isLinear(AdBreak adBreak) {
        return adBreak.types().isEmpty() || adBreak.types().stream().anyMatch("linear"::equalsIgnoreCase);
    }

    /** The same moment has one name: a time that is known, the start, or the end. */
    private BreakOffset normal(BreakOffset offset) {
        return switch (offset) {
            case BreakOffset.Part(int millionths) when millionths == 0 -> new BreakOffset.Start();
            case BreakOffset.Part(int millionths) when millionths == WHOLE -> new BreakOffset.End();
            case BreakOffset.Part(int millionths) ->
                length.<BreakOffset>map(all -> new BreakOffset.At(
                                Duration.ofMillis(Math.multiplyExact(all.toMillis(), millionths) / WHOLE)))
                        .orElse(offset);
            case BreakOffset.At(Duration time) when time.isZero() -> new BreakOffset.Start();
            case BreakOffset.At(Duration time)
            when length.isPresent() && time.compareTo(length.get()) >= 0 -> new BreakOffset.End();
            default -> offset;
        };
    }

    /** The breaks that were due last, as a player plays them that was moved beyond some; if no time is known, by number. */
    private List<AdBreak> at(Duration until, List<Placed> placed) {
        boolean isTimed = placed.stream().anyMatch(one -> one.isInside() && one.offset() instanceof BreakOffset.At);
        Optional<Duration> last =
                placed.stream().flatMap(one -> one.latest(until).stream()).max(Comparator.naturalOrder());
        if (last.isEmpty()) {
            return isTimed ? List.of() : numbered(placed);
        }
        return those(placed, one -> one.latest(until).equals(last));
    }

    /** The breaks inside the content that have this slot's number, or else its place among the others. */
    private List<AdBreak> numbered(List<Placed> placed) {
        List<AdBreak> named = those(placed, one -> one.offset().equals(new BreakOffset.Place(number)));
        if (!named.isEmpty()) {
            return named;
        }
        List<BreakOffset> moments = placed.stream()
                .filter(Placed::isInside)
                .map(Placed::offset)
                .distinct()
                .toList();
        Optional<BreakOffset> meant = moments.size() >= number
                ? Optional.of(moments.get(number - 1))
                : placed.stream().filter(Placed::repeats).map(Placed::offset).reduce((one, later) -> later);
        return meant.map(moment ->
                        those(placed, one -> one.isInside() && one.offset().equals(moment)))
                .orElse(List.of());
    }

    private static List<AdBreak> first(List<AdBreak> linear) {
        return linear.stream()
                .filter(one -> one.timeOffset()
                        .strip()
                        .equals(linear.getFirst().timeOffset().strip()))
                .toList();
    }

    private static List<AdBreak> those(List<Placed> placed, Predicate<Placed> meant) {
        return placed.stream().filter(meant).map(Placed::adBreak).toList();
    }
}
