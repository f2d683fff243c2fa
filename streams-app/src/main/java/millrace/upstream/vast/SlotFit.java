package millrace.upstream.vast;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.schemas.MediaChoice;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;

/**
 * Whether an ad may be shown in a slot: linear, of a length that fits, with a media file the player takes, not of a
 * blocked category or advertiser. An ad whose length is unknown does not fit a slot that limits it.
 *
 * @param media which files the player takes
 */
record SlotFit(Slot slot, MediaRules media, List<String> blockedAdvertisers) {
    /** What came of looking. */
    sealed interface Verdict {
        record Fits(Creative creative, Linear linear, List<MediaFile> media) implements Verdict {}

        record Unfit(int code, String reason) implements Verdict {}
    }

    SlotFit {
        blockedAdvertisers = List.copyOf(blockedAdvertisers);
    }

    /** @param usual how media are chosen for a slot that does not say */
    static SlotFit of(Slot slot, AdRequest request, MediaChoice usual) {
        return new SlotFit(slot, MediaRules.of(slot, request, usual), request.getBlockedAdvertisers());
    }

    /** Whether several ads may be shown in the slot. */
    boolean isForPod() {
        return slot.getPod() != null;
    }

    /** @param blockedCategories the request's, and those of every wrapper before the ad (VAST 4.3, 3.19.2) */
    Verdict check(VastAd.InLine ad, List<String> blockedCategories) {
        for (String category : ad.categoryCodes()) {
            if (blockedCategories.stream().anyMatch(b -> covers(b, category))) {
                return new Verdict.Unfit(VastCode.BLOCKED_CATEGORY, "category is blocked");
            }
        }
        if (blockedAdvertisers.stream()
                .anyMatch(b -> isSameOrBelow(ad.advertiser().name(), b))) {
            return new Verdict.Unfit(VastCode.TRAFFICKING, "advertiser is blocked");
        }
        return typeFits(ad.head().adType())
                ? linear(ad)
                : new Verdict.Unfit(VastCode.TRAFFICKING, "ad is not of the slot's type");
    }

    /** An ad for the other sense; hybrid is for both, and one that says nothing is judged by its files (VAST 4.3, 3.3). */
    private boolean typeFits(String adType) {
        return !adType.equalsIgnoreCase(slot.getKind() == SlotKind.AUDIO ? "video" : "audio");
    }

    private Verdict linear(VastAd.InLine ad) {
        Verdict worst = new Verdict.Unfit(VastCode.LINEARITY, "no linear creative");
        for (Creative creative : ad.creatives()) {
            if (creative.linear().isPresent()) {
                Verdict verdict = check(creative, creative.linear().get());
                if (verdict instanceof Verdict.Fits) {
                    return verdict;
                }
                worst = verdict;
            }
        }
        return worst;
    }

    private Verdict check(Creative creative, Linear linear) {
        if (!lengthFits(linear.duration())) {
            return new Verdict.Unfit(VastCode.DURATION, "length does not fit the slot");
        }
        List<MediaFile> usable = media.usable(linear.media());
        return usable.isEmpty()
                ? new Verdict.Unfit(VastCode.NO_MEDIA, "no media file that the player takes")
                : new Verdict.Fits(creative, linear, usable);
    }

    private boolean lengthFits(Optional<Duration> duration) {
        Optional<Integer> least = Optional.ofNullable(slot.getMinDurationMillis());
        Optional<Integer> most = Optional.ofNullable(slot.getMaxDurationMillis());
        List<Integer> exact = slot.getRequiredDurationsMillis();
        if (least.isEmpty() && most.isEmpty() && exact.isEmpty()) {
            return true;
        }
        long millis = duration.map(Duration::toMillis).orElse(-1L);
        return millis >= least.orElse(0)
                && millis <= most.orElse(Integer.MAX_VALUE)
                && (exact.isEmpty() || exact.stream().anyMatch(e -> e == millis));
    }

    /** IAB1 blocks IAB1-2 too. */
    private static boolean covers(String blocked, String category) {
        return category.equalsIgnoreCase(blocked)
                || category.toUpperCase(Locale.ROOT).startsWith(blocked.toUpperCase(Locale.ROOT) + "-");
    }

    private static boolean isSameOrBelow(String advertiser, String blocked) {
        String name = advertiser.toLowerCase(Locale.ROOT);
        String domain = blocked.toLowerCase(Locale.ROOT);
        return !domain.isBlank() && (name.equals(domain) || name.endsWith("." + domain));
    }
}
