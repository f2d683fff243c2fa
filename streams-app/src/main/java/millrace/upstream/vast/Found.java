package millrace.upstream.vast;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an ad, or a document of ads, comes to. */
sealed interface Found {
    /**
     * At least one ad.
     *
     * @param main the pod, or the stand-alone ads when there is no pod
     * @param spares stand-alone ads beside a pod
     */
    record Ads(List<FoundAd> main, List<FoundAd> spares) implements Found {
        public Ads {
            main = List.copyOf(main);
            spares = List.copyOf(spares);
        }
    }

    /** An answer is missing. */
    record Awaited() implements Found {}

    /** @param replaceable whether a spare may take the place */
    record Nothing(boolean replaceable) implements Found {}

    static Found of(List<FoundAd> main, List<FoundAd> spares) {
        return main.isEmpty() ? new Nothing(true) : new Ads(main, spares);
    }

    /** Of breaks that come one after the other: what each shows, then what each may. */
    static Found inTurn(List<Found> breaks) {
        List<FoundAd> main = breaks.stream().flatMap(one -> one.main().stream()).toList();
        List<FoundAd> spares = breaks.stream().flatMap(Found::spare).toList();
        boolean isOne = breaks.stream().filter(Ads.class::isInstance).count() < 2;
        return of(
                isOne
                        ? main
                        : IntStream.range(0, main.size())
                                .mapToObj(i -> main.get(i).at(i + 1))
                                .toList(),
                spares);
    }

    private static Stream<FoundAd> spare(Found found) {
        return found instanceof Ads(var _, var spares) ? spares.stream() : Stream.empty();
    }

    /** What is to be shown. */
    default List<FoundAd> main() {
        return this instanceof Ads found ? found.main() : List.of();
    }

    /** What is to be shown, then what may be. */
    default List<FoundAd> ads() {
        return this instanceof Ads(var shown, var spare)
                ? Stream.concat(shown.stream(), spare.stream()).toList()
                : List.of();
    }
}
