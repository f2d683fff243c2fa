package millrace.catalog.file;

import millrace.schemas.BasicCredentials;
import millrace.schemas.ClientCredentials;
import millrace.schemas.Pool;
import millrace.schemas.PoolRetry;
import millrace.schemas.SelectorKind;
import millrace.schemas.UpstreamBreaker;
import millrace.schemas.UpstreamCache;

/** The parts of records that rotation and credentials go by: what each name of the file is in the record. */
@SuppressWarnings("NullAway") // A field that may be absent is null in a record.
final class RotationEntries {
    private RotationEntries() {}

    static Pool pool(Entry entry) {
        Pool.Builder pool = Pool.newBuilder()
                .setUpstreams(entry.texts("upstreams", "upstreams"))
                .setFallback(entry.value("fallback", "fallback", Scalars.choice(SelectorKind.class))
                        .orElse(null));
        // A name that is none of ours is a plugin's; which there are is the reader's to know.
        entry.text("selector", "plugin")
                .ifPresent(name -> Scalars.chosen(SelectorKind.class, name)
                        .ifPresentOrElse(pool::setSelector, () -> pool.setPlugin(name)));
        entry.value("anywhere", "anywhere", Scalars::flag).ifPresent(pool::setAnywhere);
        entry.value("hedge", "hedge", Scalars::flag).ifPresent(pool::setHedge);
        entry.entry("retry", "retry").ifPresent(retry -> {
            pool.setRetry(retry(retry));
            retry.nothingElse();
        });
        if (entry.has("filters")) {
            pool.setFilters(entry.texts("filters", "filters"));
        }
        return pool.build();
    }

    private static PoolRetry retry(Entry entry) {
        PoolRetry.Builder retry = PoolRetry.newBuilder();
        entry.value("times", "times", Scalars::number).ifPresent(retry::setTimes);
        entry.value("statuses", "statuses", Scalars::flag).ifPresent(retry::setStatuses);
        entry.value("pause", "pauseMillis", Scalars::millis).ifPresent(retry::setPauseMillis);
        return retry.build();
    }

    static BasicCredentials basic(Entry entry) {
        return new BasicCredentials(entry.required("user", "user"), entry.required("password", "password"));
    }

    static ClientCredentials oauth2(Entry entry) {
        return ClientCredentials.newBuilder()
                .setTokenUrl(entry.required("token-url", "tokenUrl"))
                .setClientId(entry.required("client-id", "clientId"))
                .setClientSecret(entry.required("client-secret", "clientSecret"))
                .setScope(entry.text("scope", "scope").orElse(null))
                .build();
    }

    static UpstreamCache cache(Entry entry) {
        UpstreamCache.Builder cache = UpstreamCache.newBuilder();
        entry.value("max-age", "maxAgeMillis", Scalars::millis).ifPresent(cache::setMaxAgeMillis);
        entry.value("trackers", "trackers", Scalars::flag).ifPresent(cache::setTrackers);
        return cache.build();
    }

    static UpstreamBreaker breaker(Entry entry) {
        UpstreamBreaker.Builder breaker = UpstreamBreaker.newBuilder();
        entry.value("failure-percent", "failurePercent", Scalars::number).ifPresent(breaker::setFailurePercent);
        entry.value("least-calls", "leastCalls", Scalars::number).ifPresent(breaker::setLeastCalls);
        entry.value("window", "windowMillis", Scalars::millis).ifPresent(breaker::setWindowMillis);
        entry.value("open", "openMillis", Scalars::millis).ifPresent(breaker::setOpenMillis);
        return breaker.setSlowMillis(
                        entry.value("slow", "slowMillis", Scalars::millis).orElse(null))
                .build();
    }
}
