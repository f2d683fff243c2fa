package millrace.budget;

import java.time.Instant;
import java.time.ZoneOffset;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;

/**
 * Which lease: a campaign's, for one budget day.
 *
 * @param day {@link BudgetDay#NONE} for a campaign without a daily budget
 */
record LeaseKey(String campaign, BudgetDay day) {
    /** No character of a campaign's id. */
    private static final char SEPARATOR = '@';

    /** Longer than a grant is kept on its topic: one that is still under way must find its lease. */
    static final int DAYS_KEPT = 10;

    static LeaseKey of(Campaign campaign, Instant now) {
        return new LeaseKey(campaign.id(), campaign.budget().day(now));
    }

    /** @throws NumberFormatException when it is no key of ours */
    static LeaseKey parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        return at < 0
                ? new LeaseKey(text, BudgetDay.NONE)
                : new LeaseKey(text.substring(0, at), new BudgetDay(Integer.parseInt(text.substring(at + 1))));
    }

    /** As it stands in the store. */
    String text() {
        return day.isNone() ? campaign : campaign + SEPARATOR + day.number();
    }

    LeaseKey daysBefore(int days) {
        return new LeaseKey(campaign, new BudgetDay(day.number() - days));
    }

    /** So long ago, in any time zone, that a settled lease of it may be forgotten. */
    boolean isPast(Instant now) {
        return !day.isNone() && day.number() < BudgetDay.at(now, ZoneOffset.UTC).number() - DAYS_KEPT;
    }
}
