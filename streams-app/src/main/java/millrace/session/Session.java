package millrace.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.money.Money;

/**
 * What a user did since they came, and what they were shown. Immutable; each change gives a new one.
 *
 * @param lastUsedAt last request or impression
 * @param spend what the impressions cost, by currency, at most {@value #MAX_CURRENCIES}
 * @param campaigns campaigns shown, the one shown last at the end, each once, at most {@value #MAX_CAMPAIGNS}
 * @param podPosition last position filled in the last pod, 0 is none
 * @param podSize most ads of that pod, 0 when there was none
 * @param kept upstreams that it stays with
 */
public record Session(
        String id,
        Instant startedAt,
        Instant lastUsedAt,
        long requests,
        long impressions,
        Optional<Instant> lastImpressionAt,
        Map<String, Money> spend,
        List<String> campaigns,
        int podPosition,
        int podSize,
        Cookies cookies,
        Kept kept) {
    static final int MAX_CAMPAIGNS = 100;
    static final int MAX_CURRENCIES = 16;

    public Session {
        spend = Map.copyOf(spend);
        campaigns = List.copyOf(campaigns);
    }

    /** 64 bits that stand for the session, where its id would take too much room. */
    public long fingerprint() {
        return fingerprint(id);
    }

    public static long fingerprint(String sessionId) {
        return Fingerprint.EMPTY.with(sessionId).bits();
    }

    static Session begun(String id, Instant at) {
        return new Session(id, at, at, 0, 0, Optional.empty(), Map.of(), List.of(), 0, 0, Cookies.NONE, Kept.NONE);
    }

    Session requested(Instant at) {
        return new Session(
                id,
                startedAt,
                later(lastUsedAt, at),
                requests + 1,
                impressions,
                lastImpressionAt,
                spend,
                campaigns,
                podPosition,
                podSize,
                cookies,
                kept);
    }

    Session shown(String campaign, Money cost, String currency, Instant at) {
        return new Session(
                id,
                startedAt,
                later(lastUsedAt, at),
                requests,
                impressions + 1,
                Optional.of(later(lastImpressionAt.orElse(at), at)),
                spent(cost, currency),
                seen(campaign),
                podPosition,
                podSize,
                cookies,
                kept);
    }

    Session inPod(int position, int size) {
        return new Session(
                id,
                startedAt,
                lastUsedAt,
                requests,
                impressions,
                lastImpressionAt,
                spend,
                campaigns,
                position,
                size,
                cookies,
                kept);
    }

    Session withCookies(Map<String, String> set) {
        return new Session(
                id,
                startedAt,
                lastUsedAt,
                requests,
                impressions,
                lastImpressionAt,
                spend,
                campaigns,
                podPosition,
                podSize,
                cookies.with(set),
                kept);
    }

    Session keeping(Kept upstreams) {
        return new Session(
                id,
                startedAt,
                lastUsedAt,
                requests,
                impressions,
                lastImpressionAt,
                spend,
                campaigns,
                podPosition,
                podSize,
                cookies,
                upstreams);
    }

    private Map<String, Money> spent(Money cost, String currency) {
        Map<String, Money> more = new LinkedHashMap<>(spend);
        if (more.size() < MAX_CURRENCIES || more.containsKey(currency)) {
            more.merge(currency, cost, Session::sum);
        }
        return more;
    }

    /** A statistic: at the end of the numbers it stays there, rather than end the thread. */
    private static Money sum(Money one, Money other) {
        try {
            return one.plus(other);
        } catch (ArithmeticException tooMuch) {
            return new Money(Long.MAX_VALUE);
        }
    }

    private List<String> seen(String campaign) {
        List<String> more = new ArrayList<>(campaigns);
        more.remove(campaign);
        more.add(campaign);
        return more.size() <= MAX_CAMPAIGNS ? more : more.subList(more.size() - MAX_CAMPAIGNS, more.size());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
