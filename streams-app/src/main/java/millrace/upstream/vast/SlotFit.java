package millrace.upstream.vast;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.schemas.Slot;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;

/**
 * Whether an ad may be shown in a slot: linear, of a length that fits, with a media file the player takes, not of a
 * blocked category or advertiser. An ad whose length is unknown does not fit a slot that limits it.
 */
record SlotFit(Slot slot, List<String> blockedAdvertisers) {
    /** What came of looking. */
    sealed interface Verdict {
        record Fits(Creative creative, Linear linear, List<MediaFile> media) implements Verdict {}

        record Unfit(int code, String reason) implements Verdict {}
    }

    SlotFit {
        blockedAdvertisers = List.copyOf(blockedAdvertisers);
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
        return linear(ad);
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
        List<MediaFile> media =
                linear.media().stream().filter(m -> mimeFits(m.type())).toList();
        return media.isEmpty()
                ? new Verdict.Unfit(VastCode.NO_MEDIA, "no media file that the player takes")
                : new Verdict.Fits(creative, linear, media);
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

    private boolean mimeFits(String type) {
        int semicolon = type.indexOf(';');
        String mime = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        return slot.getMimes().isEmpty() || slot.getMimes().stream().anyMatch(mime::equalsIgnoreCase);
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
