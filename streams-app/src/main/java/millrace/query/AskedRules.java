package millrace.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.caps.CapSubject;
import millrace.catalog.Campaign;
import millrace.catalog.CapRule;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Placement;

/**
 * The rules that a question is about: those of the campaign and the placement that it names, or of all.
 *
 * @param kind campaign or placement
 * @param subject the ad that they are asked about
 */
record AskedRules(String kind, String id, List<CapRule> rules, CapSubject subject) {
    private static final String CAMPAIGN = "campaign";
    private static final String PLACEMENT = "placement";

    static List<AskedRules> of(LiveCatalog catalog, Map<String, String> parameters) {
        Optional<String> campaign = Optional.ofNullable(parameters.get(CAMPAIGN));
        Optional<String> placement = Optional.ofNullable(parameters.get(PLACEMENT));
        boolean all = campaign.isEmpty() && placement.isEmpty();
        List<AskedRules> asked = new ArrayList<>();
        catalog.everyCampaign().stream()
                .filter(one -> all || campaign.filter(one.id()::equals).isPresent())
                .sorted(Comparator.comparing(Campaign::id))
                .forEach(one -> asked.add(new AskedRules(
                        CAMPAIGN, one.id(), one.caps(), subject(parameters, one.id(), one.advertiser()))));
        catalog.everyPlacement().stream()
                .filter(one -> all || placement.filter(one.id()::equals).isPresent())
                .sorted(Comparator.comparing(Placement::id))
                .forEach(one -> asked.add(new AskedRules(
                        PLACEMENT,
                        one.id(),
                        one.caps(),
                        subject(with(parameters, PLACEMENT, one.id()), campaign.orElse(""), ""))));
        return asked;
    }

    private static CapSubject subject(Map<String, String> parameters, String campaign, String advertiser) {
        return new CapSubject(
                campaign,
                parameters.getOrDefault("creative", ""),
                parameters.getOrDefault("advertiser", advertiser),
                parameters.getOrDefault(PLACEMENT, ""),
                parameters.getOrDefault("upstream", ""));
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return more;
    }
}
