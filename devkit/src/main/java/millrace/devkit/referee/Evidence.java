package millrace.devkit.referee;

import java.util.List;
import java.util.Set;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Impression;
import millrace.schemas.ServedAd;

/**
 * All there is to judge a run by.
 *
 * @param asked by the load
 * @param shown tokens of answered ads for which the broker has acknowledged an impression event
 * @param answers committed, from all topics that answers go to
 * @param served committed
 * @param impressions committed
 * @param grants committed, in the order of each campaign and partition
 * @param reports committed, likewise
 */
public record Evidence(
        List<Asked> asked,
        Set<String> shown,
        List<Answered> answers,
        List<ServedAd> served,
        List<Impression> impressions,
        List<BudgetGrant> grants,
        List<BudgetRequest> reports) {

    public Evidence {
        asked = List.copyOf(asked);
        shown = Set.copyOf(shown);
        answers = List.copyOf(answers);
        served = List.copyOf(served);
        impressions = List.copyOf(impressions);
        grants = List.copyOf(grants);
        reports = List.copyOf(reports);
    }
}
