package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import millrace.upstream.openrtb.model.Bid;

/** What no two ads of a pod may share ({@code poddedupe}), as texts and as numbers. For one pod. */
final class Dedupe {
    private static final int DOMAIN = 1;
    private static final int CATEGORY = 2;
    private static final int CREATIVE = 3;
    private static final int MEDIA_FILE = 4;
    private static final int NOTHING = 5;

    private final Set<Integer> settings;
    private final Map<String, Integer> numbers = new HashMap<>();

    Dedupe(Set<Integer> settings) {
        this.settings = settings.contains(NOTHING) ? Set.of() : settings;
    }

    int[] traits(Offer offer) {
        return texts(offer).stream()
                .mapToInt(text -> numbers.computeIfAbsent(text, unknown -> numbers.size()))
                .toArray();
    }

    int size() {
        return numbers.size();
    }

    /** Why one ad keeps another out, if it does: the first that they share. */
    List<LossReason> shared(Offer one, Offer other) {
        List<LossReason> reasons = new ArrayList<>();
        Set<String> texts = texts(one);
        for (String text : texts(other)) {
            if (texts.contains(text)) {
                reasons.add(
                        switch (text.charAt(0)) {
                            case 'd' -> LossReason.ADVERTISER_EXCLUDED;
                            case 'c' -> LossReason.CATEGORY_EXCLUDED;
                            default -> LossReason.CREATIVE_FILTERED;
                        });
            }
        }
        return reasons;
    }

    private Set<String> texts(Offer offer) {
        if (settings.isEmpty()) {
            return Set.of();
        }
        Set<String> texts = new LinkedHashSet<>();
        Bid bid = offer.bid();
        if (settings.contains(DOMAIN)) {
            AdvertiserRules.domains(offer).forEach(domain -> texts.add("d " + domain.toLowerCase(Locale.ROOT)));
        }
        if (settings.contains(CATEGORY) && bid.cat() != null) {
            int taxonomy = bid.cattax() == null ? Categories.USUAL_TAXONOMY : bid.cattax();
            bid.cat().forEach(category -> texts.add("c " + taxonomy + " " + category));
        }
        if (settings.contains(CREATIVE) && bid.crid() != null) {
            texts.add("r " + bid.crid());
        }
        if (settings.contains(MEDIA_FILE) && bid.adm() != null) {
            MediaFiles.in(bid.adm()).forEach(file -> texts.add("m " + file));
        }
        return texts;
    }
}
