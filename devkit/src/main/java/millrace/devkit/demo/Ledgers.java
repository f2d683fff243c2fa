package millrace.devkit.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.schemas.Campaign;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;
import org.jspecify.annotations.Nullable;

/** What each campaign got and paid, added up from the topics. */
final class Ledgers {

    /**
     * One campaign's account.
     *
     * @param served ads
     * @param billed impressions
     * @param reservedNanos cost of what was served, shown or not
     * @param spentNanos cost of what was shown
     */
    record Account(
            String campaign,
            String currency,
            Optional<Long> budgetNanos,
            long priceNanos,
            int served,
            int billed,
            long reservedNanos,
            long spentNanos) {

        /** Nothing is left for another ad. */
        boolean isExhausted() {
            return budgetNanos
                    .map(budget -> budget - reservedNanos < priceNanos)
                    .orElse(false);
        }

        private Account served(ServedAd ad) {
            return new Account(
                    campaign,
                    currency,
                    budgetNanos,
                    priceNanos,
                    served + 1,
                    billed,
                    reservedNanos + ad.getCostNanos(),
                    spentNanos);
        }

        private Account billed(Impression impression) {
            return new Account(
                    campaign,
                    currency,
                    budgetNanos,
                    priceNanos,
                    served,
                    billed + 1,
                    reservedNanos,
                    spentNanos + impression.getCostNanos());
        }
    }

    private Ledgers() {}

    /** By campaign. */
    static List<Account> of(List<Campaign> campaigns, List<ServedAd> served, List<Impression> impressions) {
        Map<String, Account> accounts = new TreeMap<>();
        for (Campaign campaign : campaigns) {
            accounts.put(
                    campaign.getId(),
                    new Account(
                            campaign.getId(),
                            campaign.getCurrency(),
                            Optional.ofNullable(campaign.getBudgetNanos()),
                            campaign.getPriceCpmMicros(),
                            0,
                            0,
                            0,
                            0));
        }
        served.forEach(ad -> accounts.computeIfPresent(key(ad.getCampaign()), (id, account) -> account.served(ad)));
        impressions.stream()
                .filter(impression -> impression.getVerdict() == ImpressionVerdict.BILLED)
                .forEach(impression -> accounts.computeIfPresent(
                        key(impression.getCampaign()), (id, account) -> account.billed(impression)));
        return List.copyOf(accounts.values());
    }

    /** House ads have no campaign. */
    private static String key(@Nullable String campaign) {
        return campaign == null ? "" : campaign;
    }
}
