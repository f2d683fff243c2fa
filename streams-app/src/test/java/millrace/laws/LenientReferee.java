package millrace.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.delivery.Reply;
import millrace.schemas.Campaign;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;

/** What must be true under {@code at_least_once}: nothing is lost, and unless stores are torn apart, no budget is overspent. */
final class LenientReferee implements Judge {
    private final Map<String, Long> mostBudget = new HashMap<>();
    private final Map<String, Long> billed = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final List<String> tokens = new ArrayList<>();

    @Override
    public void funded(Campaign campaign) {
        Long budget = campaign.getBudgetNanos();
        mostBudget.merge(campaign.getId(), budget == null ? Long.MAX_VALUE : budget, Math::max);
    }

    @Override
    public void asked(String requestId) {
        answers.putIfAbsent(requestId, 0);
    }

    @Override
    public void see(Fact fact) {
        if (fact instanceof Fact.Out out) {
            switch (out.value()) {
                case Impression impression -> shown(impression);
                case Reply reply -> {
                    answers.merge(reply.response().getRequestId(), 1, Integer::sum);
                    reply.response().getSlots().stream()
                            .flatMap(slot -> slot.getAds().stream())
                            .forEach(ad -> tokens.add(ad.getToken()));
                }
                default -> {}
            }
        }
    }

    /** A reader counts each id once. */
    private void shown(Impression impression) {
        String campaign = impression.getCampaign();
        if (impression.getVerdict() == ImpressionVerdict.BILLED && campaign != null && seen.add(impression.getId())) {
            billed.merge(campaign, impression.getCostNanos(), Long::sum);
        }
    }

    @Override
    public List<String> tokens() {
        return tokens;
    }

    void nothingIsOverspent() {
        assertThat(billed)
                .allSatisfy((campaign, sum) ->
                        assertThat(sum).as("billed of %s", campaign).isLessThanOrEqualTo(mostBudget.get(campaign)));
    }

    void everyRequestIsAnswered() {
        assertThat(answers)
                .allSatisfy((request, times) -> assertThat(times).as(request).isPositive());
    }
}
