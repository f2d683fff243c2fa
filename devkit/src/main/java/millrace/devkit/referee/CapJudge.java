package millrace.devkit.referee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Placement;
import millrace.schemas.ServedAd;

/**
 * No user gets more ads than a cap allows. Every ad is held against every rule it was under: with those served before it that share a
 * window with it and surely counted at that moment, there may be no more than the limit.
 */
final class CapJudge {

    /**
     * @param excess ads beyond a cap: user, rule and count
     * @param byLate further ones that only late impressions make: the user has seen them, whatever was reserved
     */
    record Verdict(List<String> excess, int byLate) {}

    private final Terms terms;
    private final Map<String, List<Exposed>> byUser = new HashMap<>();
    private final Map<String, Set<CapRule>> byCampaign = new HashMap<>();
    private final Map<String, List<CapRule>> byPlacement = new HashMap<>();

    CapJudge(List<Exposed> exposed, Terms terms) {
        this.terms = terms;
        exposed.forEach(each -> byUser.computeIfAbsent(each.ad().getUserKey(), user -> new ArrayList<>())
                .add(each));
        for (Told<Campaign> told : terms.campaigns()) {
            Set<CapRule> rules = byCampaign.computeIfAbsent(told.record().getId(), id -> new LinkedHashSet<>());
            rules.addAll(told.record().getCaps());
            minGap(told.record()).ifPresent(rules::add);
        }
        for (Placement placement : terms.placements()) {
            byPlacement.put(placement.getId(), placement.getCaps());
        }
    }

    /** Two ads of a campaign are at least so far apart: one in any time of that length. */
    private static Optional<CapRule> minGap(Campaign campaign) {
        return Optional.ofNullable(campaign.getMinGapMillis())
                .map(millis -> CapRule.newBuilder()
                        .setScope(CapScope.CAMPAIGN)
                        .setLimit(1)
                        .setWindow(CapWindow.ROLLING)
                        .setWindowMillis(millis)
                        .build());
    }

    Verdict verdict() {
        List<String> excess = new ArrayList<>();
        int byLate = 0;
        for (List<Exposed> ads : byUser.values()) {
            for (int i = 0; i < ads.size(); i++) {
                for (CapRule rule : rulesOf(ads.get(i).ad())) {
                    int counted = counted(ads, i, rule, false);
                    if (counted > rule.getLimit()) {
                        excess.add("%s got %d of %d (%s)"
                                .formatted(ads.get(i).ad().getUserKey(), counted, rule.getLimit(), rule));
                    } else if (counted(ads, i, rule, true) > rule.getLimit()) {
                        byLate++;
                    }
                }
            }
        }
        return new Verdict(excess, byLate);
    }

    private List<CapRule> rulesOf(ServedAd ad) {
        List<CapRule> rules = new ArrayList<>(byCampaign.getOrDefault(ad.getCampaign(), Set.of()));
        rules.addAll(byPlacement.getOrDefault(ad.getPlacement(), List.of()));
        return rules;
    }

    /** How many count in the rule's window with the ad at that index, itself included. */
    private int counted(List<Exposed> ads, int index, CapRule rule, boolean lateToo) {
        Exposed last = ads.get(index);
        int count = 1;
        for (int i = 0; i < ads.size(); i++) {
            Exposed other = ads.get(i);
            if (i != index
                    && isBefore(ads, i, index, rule)
                    && isSame(rule.getScope(), other.ad(), last.ad())
                    && CapWindows.share(rule, other.ad(), last.ad())
                    && (other.countsAt(last.at(), terms.skew()) || (lateToo && other.late()))) {
                count++;
            }
        }
        return count;
    }

    /**
     * Where all that a rule counts is under the rule, the order does not matter: whichever came last is one too many. Where it also
     * counts ads that are not, only those that came before by any clock are held against it.
     */
    private boolean isBefore(List<Exposed> ads, int other, int last, CapRule rule) {
        if (rulesOf(ads.get(other).ad()).contains(rule)) {
            return other < last;
        }
        return ads.get(other).at() < ads.get(last).at() - terms.skew().toMillis();
    }

    private static boolean isSame(CapScope scope, ServedAd one, ServedAd other) {
        return switch (scope) {
            case CAMPAIGN -> Objects.equals(one.getCampaign(), other.getCampaign());
            case CREATIVE -> one.getCreative().equals(other.getCreative());
            case ADVERTISER -> Objects.equals(one.getAdvertiser(), other.getAdvertiser());
            case PLACEMENT -> one.getPlacement().equals(other.getPlacement());
            case UPSTREAM -> one.getUpstream() != null && one.getUpstream().equals(other.getUpstream());
            case USER -> true;
        };
    }
}
