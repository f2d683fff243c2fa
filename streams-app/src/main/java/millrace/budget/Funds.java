package millrace.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import millrace.catalog.Budget;
import millrace.catalog.Campaign;
import millrace.money.BudgetDay;
import millrace.money.Money;

/** What the catalog says that a campaign may spend, at one moment. */
public sealed interface Funds {

    /** It may spend. */
    record Open(String currency, Money price, Budget budget, Optional<Instant> flightStart, Optional<Instant> flightEnd)
            implements Funds {

        @Override
        public Money unit() {
            return price.max(NANO);
        }

        /** Most that may ever be out over all days, spent amounts included. */
        Money totalLimit() {
            return budget.total().orElse(UNLIMITED);
        }

        Money dailyLimit() {
            return budget.daily().orElse(UNLIMITED);
        }

        /** What falls due when; absent when all of it is due at once. */
        Optional<Schedule> schedule(BudgetDay day) {
            return switch (budget.pacing()) {
                case ASAP -> Optional.empty();
                case EVEN_DAY ->
                    budget.daily()
                            .map(limit -> new Schedule(
                                    limit,
                                    unit(),
                                    later(day.begins(budget.zone()), flightStart),
                                    earlier(day.ends(budget.zone()), flightEnd)));
                case EVEN_FLIGHT ->
                    budget.total()
                            .map(limit ->
                                    new Schedule(limit, unit(), flightStart.orElseThrow(), flightEnd.orElseThrow()));
            };
        }

        /** Whether leases of this day are granted now. Clocks of instances may differ by a little. */
        boolean pays(BudgetDay day, Instant now) {
            if (budget.daily().isEmpty() || day.isNone()) {
                return budget.daily().isEmpty() && day.isNone();
            }
            return !now.isBefore(day.begins(budget.zone()).minus(CLOCKS_DIFFER))
                    && now.isBefore(day.ends(budget.zone()).plus(CLOCKS_DIFFER));
        }

        /** Whether it will pay one day. */
        boolean paysLater(BudgetDay day, Instant now) {
            return !day.isNone() && budget.daily().isPresent() && now.isBefore(day.begins(budget.zone()));
        }

        private static Instant later(Instant moment, Optional<Instant> other) {
            return other.filter(moment::isBefore).orElse(moment);
        }

        private static Instant earlier(Instant moment, Optional<Instant> other) {
            return other.filter(moment::isAfter).orElse(moment);
        }
    }

    /** It may not. */
    record Closed(Why why) implements Funds {
        @Override
        public Money unit() {
            return NANO;
        }
    }

    enum Why {
        /** Removed, or not here yet. */
        UNKNOWN,
        PAUSED,
        /** Before the flight or after. */
        NOT_IN_FLIGHT
    }

    Money NANO = new Money(1);
    Money UNLIMITED = new Money(Long.MAX_VALUE);
    Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The smallest amount that is of use: the price of one impression, 1 nano at least. */
    Money unit();

    static Funds of(Optional<Campaign> campaign, Instant now) {
        return campaign.map(known -> of(known, now)).orElseGet(() -> new Closed(Why.UNKNOWN));
    }

    private static Funds of(Campaign campaign, Instant now) {
        if (!campaign.active()) {
            return new Closed(Why.PAUSED);
        }
        boolean flies =
                campaign.flightStart().map(start -> !now.isBefore(start)).orElse(true)
                        && campaign.flightEnd().map(now::isBefore).orElse(true);
        return flies
                ? new Open(
                        campaign.currency(),
                        campaign.price().perImpression(),
                        campaign.budget(),
                        campaign.flightStart(),
                        campaign.flightEnd())
                : new Closed(Why.NOT_IN_FLIGHT);
    }
}
