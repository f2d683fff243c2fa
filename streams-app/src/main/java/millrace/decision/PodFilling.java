package millrace.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.delivery.Material;
import millrace.money.Cpm;
import millrace.pod.Break;
import millrace.pod.Place;
import millrace.schemas.Ad;
import millrace.schemas.Pod;

/**
 * A slot that is a break. Ads are offered, best first, until they would fill it; only then is each decided, so that little
 * is written before all is known. What finds no place after all makes room for further offers. For the stream thread only.
 */
final class PodFilling {
    /** An ad that somebody could show in the break. */
    record Offer(Buyer buyer, Material ad) {
        private Break.Candidate candidate() {
            return new Break.Candidate(
                    ad.creative(),
                    ad.advertiser().or(buyer::advertiser),
                    ad.categories(),
                    ad.durationMillis(),
                    buyer.price());
        }
    }

    private final Break room;
    private final List<Ad> served = new ArrayList<>();
    private final List<Offer> servedOffers = new ArrayList<>();
    private final Deque<Offer> offers = new ArrayDeque<>();
    private final Set<Material> cut = Collections.newSetFromMap(new IdentityHashMap<>());
    private Break planned;

    PodFilling(Pod pod) {
        this.room = new Break(pod);
        this.planned = room.emptied();
    }

    void offer(Buyer buyer, List<Material> ads) {
        for (Material ad : ads) {
            Offer offer = new Offer(buyer, ad);
            offers.add(offer);
            if (planned.placeFor(offer.candidate()) == Place.FREE) {
                planned.take(offer.candidate());
            }
        }
    }

    /** Whether the break would be full if every offer came through. */
    boolean hasEnough() {
        return planned.isFull();
    }

    boolean isFull() {
        return room.isFull();
    }

    /** The next offer that has a place; empty when none is left. */
    Optional<Offer> next() {
        for (Offer offer = offers.poll(); offer != null; offer = offers.poll()) {
            Place place = room.placeFor(offer.candidate());
            if (place == Place.FREE) {
                return Optional.of(offer);
            }
            if (place == Place.TAKEN) {
                cut.add(offer.ad());
            }
        }
        replan();
        return Optional.empty();
    }

    void served(Buyer buyer, Material material, Ad ad) {
        Offer offer = new Offer(buyer, material);
        room.take(offer.candidate());
        servedOffers.add(offer);
        served.add(ad);
    }

    /** What is left of the offers is decided no more. */
    void withdraw() {
        offers.clear();
        replan();
    }

    List<Ad> ads() {
        return List.copyOf(served);
    }

    int mostAds() {
        return room.mostAds();
    }

    /** Whether the house ad would fit into the empty break. */
    boolean hasRoomFor(Material house) {
        Break empty = room.emptied();
        Place place = empty.placeFor(new Break.Candidate(
                house.creative(), house.advertiser(), house.categories(), house.durationMillis(), Cpm.FREE));
        return place == Place.FREE || place == Place.TOO_CHEAP;
    }

    /** Whether it was left out because the break was too short for it. */
    boolean wasCut(Material ad) {
        return cut.contains(ad);
    }

    private void replan() {
        planned = room.emptied();
        servedOffers.forEach(offer -> planned.take(offer.candidate()));
    }
}
