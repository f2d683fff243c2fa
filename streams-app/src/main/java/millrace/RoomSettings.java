package millrace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.budget.BudgetSettings;
import millrace.caps.CapSettings;
import millrace.check.Checked;
import millrace.config.Config;
import millrace.config.Guarantee;
import millrace.config.Settings;
import millrace.config.SigningKey;
import millrace.decision.AuctionSettings;
import millrace.decision.DecisionSettings;
import millrace.delivery.DeliverySettings;
import millrace.delivery.Documents;
import millrace.delivery.SigningKeys;
import millrace.money.Cpm;
import millrace.rotation.PluginJars;
import millrace.rotation.Plugins;
import millrace.rotation.RotationSettings;
import millrace.session.SessionSettings;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.http.KeptAnswers;
import millrace.upstream.openrtb.auction.AuctionRules;
import millrace.upstream.openrtb.request.RequestTerms;
import millrace.upstream.openrtb.request.SellerNode;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.xml.DocumentLimits;

/** What each room is told of the configuration. */
public record RoomSettings(Config config) {

    DecisionSettings decision() {
        return new DecisionSettings(
                config.get(Settings.DECISION_DEADLINE),
                config.get(Settings.DECISION_MARGIN),
                config.get(Settings.DECISION_INFLIGHT_MAX),
                config.get(Settings.DECISION_DUPLICATES_WINDOW),
                config.get(Settings.DECISION_CANDIDATES_MAX),
                config.get(Settings.DECISION_DOCUMENTS_MAX),
                switch (config.get(Settings.DECISION_CALLS)) {
                    case ASYNC -> DecisionSettings.Calls.ASYNC;
                    case BLOCKING -> DecisionSettings.Calls.BLOCKING;
                });
    }

    AuctionSettings auctions() {
        AuctionRules usual = AuctionRules.USUAL;
        return new AuctionSettings(
                new AuctionRules(
                        new Cpm(config.get(Settings.AUCTION_INCREMENT)),
                        config.get(Settings.AUCTION_DEALS),
                        usual.ownBids(),
                        usual.rates(),
                        usual.effort()),
                new RequestTerms(node(), config.get(Settings.AUCTION_TYPE)),
                config.get(Settings.AUCTION_LEAST),
                config.get(Settings.AUCTION_BILLING_DISPLAY));
    }

    private Optional<SellerNode> node() {
        return config.get(Settings.AUCTION_CHAIN_ASI)
                .flatMap(asi -> config.get(Settings.AUCTION_CHAIN_SID).map(sid -> new SellerNode(asi, sid)));
    }

    RotationSettings rotation() {
        return new RotationSettings(
                config.get(Settings.ROTATION_SMOOTHING) / 100.0, config.get(Settings.ROTATION_WINDOW));
    }

    SessionSettings sessions() {
        return new SessionSettings(
                config.get(Settings.SESSIONS_TIMEOUT),
                SessionSettings.DEFAULT.sweepRows(),
                config.get(Settings.CAPS_UNNAMED));
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
                config.get(Settings.BUDGET_PACING_CATCHUP),
                config.get(Settings.STREAMS_GUARANTEE) == Guarantee.AT_LEAST_ONCE);
    }

    DeliverySettings delivery() {
        return new DeliverySettings(
                config.get(Settings.DELIVERY_RESERVATION_TTL),
                config.get(Settings.DELIVERY_LATE_WINDOW),
                config.get(Settings.DELIVERY_EVENT_BEHIND),
                config.get(Settings.DELIVERY_EVENT_AHEAD));
    }

    public Documents documents() {
        String beacons = config.get(Settings.DELIVERY_BEACON_URL);
        return new Documents(
                new Beacons(Optional.of(beacons).filter(url -> !url.isEmpty())),
                VastVersion.of(config.get(Settings.DELIVERY_VAST_VERSION)).orElseThrow());
    }

    /** The first key signs. */
    public SigningKeys signingKeys() {
        List<SigningKey> keys = config.get(Settings.DELIVERY_TOKEN_KEYS);
        Map<Integer, byte[]> secrets = new LinkedHashMap<>();
        keys.forEach(key -> secrets.put(key.id(), key.bytes()));
        return new SigningKeys(secrets, keys.getFirst().id());
    }

    /** Selectors and filters of others; reads their jars. */
    public Checked<Plugins> plugins() {
        return PluginJars.load(
                Settings.ROTATION_PLUGINS.name(),
                config.get(Settings.ROTATION_PLUGINS).stream().map(Path::of).toList());
    }

    public UpstreamSettings upstream() {
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
                new DocumentLimits(
                        Math.max(bytes, vast.document().maxBytes()),
                        config.get(Settings.UPSTREAM_DOCUMENT_DEPTH_MAX),
                        config.get(Settings.UPSTREAM_DOCUMENT_ATTRIBUTES_MAX),
                        config.get(Settings.UPSTREAM_DOCUMENT_TEXT_MAX),
                        config.get(Settings.UPSTREAM_DOCUMENT_ADS_MAX)),
                config.get(Settings.UPSTREAM_WRAPPERS_MAX),
                config.get(Settings.UPSTREAM_DOCUMENTS_MAX),
                config.get(Settings.UPSTREAM_DOCUMENTS_PARALLEL),
                vast.maxTrackerText(),
                vast.loneSequencedAd());
        VastAnswers answers = new VastAnswers(
                config.get(Settings.UPSTREAM_MEDIA_CHOICE),
                config.get(Settings.UPSTREAM_TRACKERS_FILL),
                documents().beacons(),
                documents().usual());
        return new UpstreamSettings(
                http,
                limits,
                answers,
                new KeptAnswers.Limits(
                        config.get(Settings.UPSTREAM_CACHE_MAX_BYTES), config.get(Settings.UPSTREAM_CACHE_ENTRIES_MAX)),
                UpstreamSettings.defaults().userAgent());
    }

    /** For upstreams that have no timeout of their own. */
    Duration upstreamTimeout() {
        return config.get(Settings.UPSTREAM_TIMEOUT);
    }
}
