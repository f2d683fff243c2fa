package millrace.upstream.vast;

import java.util.List;
import java.util.stream.Stream;

/** What an ad, or a document of ads, comes to. */
sealed interface Found {
    /** An answer is missing. */
    Found AWAITED = new Awaited();

    /** No ad; a spare may take the place. */
    Found NOTHING = new Nothing();

    /** No ad, and none may take the place. */
    Found NOTHING_AND_NO_OTHER = new Nothing();

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

    /** Told apart by identity. */
    final class Awaited implements Found {
        private Awaited() {}
    }

    /** Told apart by identity. */
    final class Nothing implements Found {
        private Nothing() {}
    }

    static Found of(List<FoundAd> main, List<FoundAd> spares) {
        return main.isEmpty() ? NOTHING : new Ads(main, spares);
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
