package millrace.pod;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.money.Cpm;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;

/**
 * What a break still has room for. Ads are taken one after the other; the break never runs over its time or number, and no
 * two of its ads share what is to be kept apart. For one thread.
 */
public final class Break {
    private static final int MOST_ADS = 50;

    /**
     * An ad that may be taken.
     *
     * @param advertiser empty shares with nobody
     */
    public record Candidate(
            String creative,
            Optional<String> advertiser,
            List<String> categories,
            Optional<Integer> millis,
            Cpm price) {
        public Candidate {
            categories = List.copyOf(categories);
            millis = millis.filter(m -> m > 0);
        }
    }

    private final Pod pod;
    private final Set<String> shared = new HashSet<>();
    private int ads;
    private long millis;

    public Break(Pod pod) {
        this.pod = pod;
    }

    /** The same break with nothing taken. */
    public Break emptied() {
        return new Break(pod);
    }

    public Place placeFor(Candidate ad) {
        if (ad.millis().isEmpty()) {
            return Place.UNKNOWN_LENGTH;
        }
        int length = ad.millis().get();
        if (length < least()
                || length > Optional.ofNullable(pod.getMaxAdMillis()).orElse(Integer.MAX_VALUE)) {
            return Place.WRONG_LENGTH;
        }
        if (traits(ad).stream().anyMatch(shared::contains)) {
            return Place.REPEATED;
        }
        if (isTooCheap(ad.price(), length)) {
            return Place.TOO_CHEAP;
        }
        return ads < mostAds() && length <= left() ? Place.FREE : Place.TAKEN;
    }

    /** @throws IllegalStateException when there is no place for it */
    public void take(Candidate ad) {
        Place place = placeFor(ad);
        if (place != Place.FREE) {
            throw new IllegalStateException("ad " + ad.creative() + " has no place: " + place);
        }
        ads++;
        millis += ad.millis().orElse(0);
        shared.addAll(traits(ad));
    }

    /** Whether no ad at all has a place any more. */
    public boolean isFull() {
        return ads >= mostAds() || left() < Math.max(1, least());
    }

    /** Ads taken. */
    public int ads() {
        return ads;
    }

    /** Most ads of the break. */
    public int mostAds() {
        return Math.min(MOST_ADS, pod.getMaxAds());
    }

    private int least() {
        return Optional.ofNullable(pod.getMinAdMillis()).orElse(0);
    }

    private long left() {
        return pod.getTotalMillis() - millis;
    }

    /** Exact: price and rate are micros per thousand, the length thousandths of a second. */
    private boolean isTooCheap(Cpm price, int length) {
        Long rate = pod.getMinCpmPerSecondMicros();
        return rate != null
                && rate > 0
                && Math.multiplyHigh(rate, length) == 0
                && rate * length > price.micros() * 1000;
    }

    private List<String> traits(Candidate ad) {
        List<String> traits = new ArrayList<>();
        for (PodSeparation separation : pod.getSeparation()) {
            switch (separation) {
                case CREATIVE -> traits.add("creative " + ad.creative());
                case ADVERTISER ->
                    ad.advertiser().ifPresent(a -> traits.add("advertiser " + a.toLowerCase(Locale.ROOT)));
                case CATEGORY -> ad.categories().forEach(c -> traits.add("category " + c.toUpperCase(Locale.ROOT)));
            }
        }
        return traits;
    }
}
