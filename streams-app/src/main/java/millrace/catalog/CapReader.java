package millrace.catalog;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.catalog.CapSpan.Calendar;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.check.Faults;
import millrace.schemas.Campaign;
import millrace.schemas.CapScope;

/** Reads cap rules. A rule that the exposures kept could not answer is refused, never undercounted. */
final class CapReader {
    private static final int MAX_RULES = 50;

    private final Duration maxWindow;

    CapReader(Duration maxWindow) {
        this.maxWindow = maxWindow;
    }

    /** The rules, fewer where there are faults. */
    List<CapRule> rules(List<millrace.schemas.CapRule> from, Faults faults) {
        faults.require(
                from.size() <= MAX_RULES, "caps", "are " + from.size() + " rules; allowed are at most " + MAX_RULES);
        List<CapRule> rules = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            rule(from.get(i), faults.in("caps", i)).ifPresent(rules::add);
        }
        return rules;
    }

    /**
     * The rules of a campaign, its shortest gap among them: two exposures that are a length apart share no window of it, so
     * "one in any five minutes" and "five minutes between two" say the same.
     */
    List<CapRule> rulesOf(Campaign campaign, Faults faults) {
        List<CapRule> rules = rules(campaign.getCaps(), faults);
        Long gap = campaign.getMinGapMillis();
        if (gap != null) {
            rolling("minGapMillis", gap, faults).ifPresent(span -> rules.add(new CapRule(CapScope.CAMPAIGN, 1, span)));
        }
        return rules;
    }

    private Optional<CapRule> rule(millrace.schemas.CapRule from, Faults faults) {
        int limit = from.getLimit();
        faults.range("limit", limit, 1, CapRule.MAX_LIMIT);
        Optional<CapSpan> span = span(from, faults);
        return limit >= 1 && limit <= CapRule.MAX_LIMIT
                ? span.map(over -> new CapRule(from.getScope(), limit, over))
                : Optional.empty();
    }

    private Optional<CapSpan> span(millrace.schemas.CapRule from, Faults faults) {
        return switch (from.getWindow()) {
            case ROLLING -> rolling("windowMillis", from.getWindowMillis(), faults);
            case HOUR -> calendar(Unit.HOUR, Duration.ofHours(1), from.getZone(), faults);
            case DAY -> calendar(Unit.DAY, Duration.ofDays(1), from.getZone(), faults);
            case WEEK -> calendar(Unit.WEEK, Duration.ofDays(7), from.getZone(), faults);
            case MONTH -> calendar(Unit.MONTH, Duration.ofDays(31), from.getZone(), faults);
            case SESSION -> Optional.of(new CapSpan.Session());
            case POD -> Optional.of(new CapSpan.Pod());
            case LIFETIME -> Optional.of(new CapSpan.Lifetime());
        };
    }

    private Optional<CapSpan> rolling(String field, long millis, Faults faults) {
        faults.range(field, millis, 1, maxWindow.toMillis());
        return millis >= 1 && millis <= maxWindow.toMillis()
                ? Optional.of(new CapSpan.Rolling(Duration.ofMillis(millis)))
                : Optional.empty();
    }

    private Optional<CapSpan> calendar(Unit unit, Duration length, String zone, Faults faults) {
        faults.require(
                length.compareTo(maxWindow) <= 0,
                "window",
                "is " + unit + ", longer than caps.max.window, which is " + maxWindow.toHours() + " hours");
        try {
            return Optional.of(new Calendar(unit, ZoneId.of(zone)));
        } catch (DateTimeException e) {
            faults.add("zone", "is '" + Words.shown(zone) + "'; a time zone such as Europe/Berlin is wanted");
            return Optional.empty();
        }
    }
}
