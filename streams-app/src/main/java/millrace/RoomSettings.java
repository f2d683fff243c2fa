package millrace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.SigningKey;
import millrace.decision.DecisionSettings;
import millrace.delivery.DeliverySettings;
import millrace.delivery.SigningKeys;
import millrace.session.SessionSettings;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.vast.VastLimits;

/** What each room is told of the configuration. */
record RoomSettings(Config config) {

    DecisionSettings decision() {
        return new DecisionSettings(
                config.get(Settings.DECISION_DEADLINE),
                config.get(Settings.DECISION_MARGIN),
                config.get(Settings.DECISION_INFLIGHT_MAX),
                config.get(Settings.DECISION_DUPLICATES_WINDOW),
                config.get(Settings.DECISION_CANDIDATES_MAX),
                switch (config.get(Settings.DECISION_CALLS)) {
                    case ASYNC -> DecisionSettings.Calls.ASYNC;
                    case BLOCKING -> DecisionSettings.Calls.BLOCKING;
                });
    }

    SessionSettings sessions() {
        return new SessionSettings(config.get(Settings.SESSIONS_TIMEOUT), SessionSettings.DEFAULT.sweepRows());
    }

    CapSettings caps() {
        return new CapSettings(
                config.get(Settings.CAPS_MAX_WINDOW),
                config.get(Settings.CAPS_SLOT),
                config.get(Settings.CAPS_LATENESS));
    }

    BudgetSettings budget() {
        return new BudgetSettings(
                config.get(Settings.BUDGET_LEASE_AHEAD),
                config.get(Settings.BUDGET_LEASE_REASK),
                config.get(Settings.BUDGET_LEASE_REPORT),
                config.get(Settings.BUDGET_LEASE_IDLE),
                config.get(Settings.BUDGET_LEDGER_RECHECK),
                config.get(Settings.BUDGET_PACING_CATCHUP));
    }

    DeliverySettings delivery() {
        return new DeliverySettings(
                config.get(Settings.DELIVERY_RESERVATION_TTL), config.get(Settings.DELIVERY_LATE_WINDOW));
    }

    /** The first key signs. */
    SigningKeys signingKeys() {
        List<SigningKey> keys = config.get(Settings.DELIVERY_TOKEN_KEYS);
        Map<Integer, byte[]> secrets = new LinkedHashMap<>();
        keys.forEach(key -> secrets.put(key.id(), key.bytes()));
        return new SigningKeys(secrets, keys.getFirst().id());
    }

    UpstreamSettings upstream() {
        HttpSettings usual = HttpSettings.defaults();
        int bytes = Math.toIntExact(config.get(Settings.UPSTREAM_RESPONSE_MAX_BYTES));
        HttpSettings http = new HttpSettings(
                config.get(Settings.UPSTREAM_CONNECTIONS_MAX),
                config.get(Settings.UPSTREAM_CONNECTIONS_PER_ROUTE),
                usual.ioThreads(),
                usual.workerThreads(),
                usual.nameThreads(),
                config.get(Settings.UPSTREAM_CONNECT_TIMEOUT),
                usual.idleTimeout(),
                usual.connectionLife(),
                usual.nameTtl(),
                usual.nameFailureTtl(),
                usual.nameTimeout(),
                usual.maxNames(),
                config.get(Settings.UPSTREAM_ALLOW),
                bytes,
                usual.maxHeaders(),
                usual.maxHeaderLine(),
                config.get(Settings.UPSTREAM_REDIRECTS_MAX));
        VastLimits vast = VastLimits.defaults();
        VastLimits limits = new VastLimits(
                Math.max(bytes, vast.maxBytes()),
                vast.maxDepth(),
                vast.maxAttributes(),
                vast.maxText(),
                vast.maxAds(),
                config.get(Settings.UPSTREAM_WRAPPERS_MAX),
                vast.maxGets(),
                vast.maxTrackerText(),
                vast.loneSequencedAd());
        return new UpstreamSettings(http, limits, UpstreamSettings.defaults().userAgent());
    }

    /** For upstreams that have no timeout of their own. */
    Duration upstreamTimeout() {
        return config.get(Settings.UPSTREAM_TIMEOUT);
    }
}
