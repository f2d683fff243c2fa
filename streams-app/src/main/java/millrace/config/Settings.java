package millrace.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.decision.AuctionSettings.DisplayBilling;
import millrace.schemas.MediaChoice;
import millrace.session.Unnamed;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.openrtb.auction.DealPriority;

/**
 * The one registry of settings. A new setting is one line here; the template, {@code docs/configuration.md}, the environment variable
 * and the checks follow from it. A default is written as its user would write it.
 */
public final class Settings {
    private static final List<Setting<?>> REGISTERED = new ArrayList<>();

    private static final String HOST_PORT = "[^\\s,:\\[\\]]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+\\]:[0-9]{1,5}";
    private static final String TOPIC_NAME = "[a-zA-Z0-9._-]{1,249}";
    private static final String HTTP_URL = "(https?|mock)://[^\\s@]+";

    // ---- kafka
    public static final Setting<List<String>> KAFKA_BOOTSTRAP_SERVERS = add(
            "kafka.bootstrap.servers",
            Kind.atLeastOne(Kind.texts(HOST_PORT, "host:port")),
            "127.0.0.1:9092",
            "Brokers to begin with; one that answers is enough.");
    public static final Setting<Duration> KAFKA_WAIT = add(
            "kafka.wait",
            Kind.duration("0ms", "1d"),
            "5m",
            "How long `run` tries to reach a broker that is away before it gives up.");
    public static final Setting<Map<String, String>> KAFKA_CLIENT = add(
            "kafka.client",
            Kind.table(),
            "",
            "Any setting of Kafka's clients, such as `security.protocol` or `sasl.jaas.config`, passed to every client as it is. Values are secret; `file:/path` stands for the content of a file.");
    public static final Setting<Map<String, String>> KAFKA_STREAMS = add(
            "kafka.streams",
            Kind.table(),
            "",
            "Any setting of Kafka Streams, passed as it is; it wins over what Millrace would choose, except where correctness hangs on that.");

    // ---- application
    public static final Setting<String> APPLICATION_ID = add(
            "application.id",
            Kind.text("[a-zA-Z0-9._-]{1,100}", "1 to 100 characters of letters, digits, dot, dash, underscore"),
            "millrace",
            "Name of this pipeline on its brokers: consumer group, internal topics and transactions begin with it. Another id is another pipeline, which knows nothing of the old one's caps and budgets.");

    // ---- state
    public static final Setting<String> STATE_DIR = add(
            "state.dir",
            Kind.text(".+", "a path"),
            ".millrace/state",
            "Folder of the local state. It must survive a restart: with it an instance comes back under its old identity and fences its own open transaction at once.");
    public static final Setting<Long> STATE_CACHE = add(
            "state.cache",
            Kind.bytes("0B", "1GiB"),
            "32MiB",
            "Memory for records that were changed since the last commit, in the whole process.");
    public static final Setting<Long> STATE_BLOCKS = add(
            "state.blocks",
            Kind.bytes("4MiB", "64GiB"),
            "96MiB",
            "Memory for what RocksDB read, indexes and filters included, shared by all stores of the process.");
    public static final Setting<Long> STATE_WRITES = add(
            "state.writes",
            Kind.bytes("4MiB", "64GiB"),
            "64MiB",
            "Memory for what RocksDB has not written to disk yet, shared by all stores of the process.");

    // ---- registry
    public static final Setting<List<URI>> REGISTRY_URLS = add(
            "registry.urls",
            Kind.atLeastOne(Kind.urls(HTTP_URL, "an http, https or mock URL without user and password")),
            "http://127.0.0.1:8081",
            "Base URLs of a Confluent-compatible schema registry, with their path; tried in turn.");
    public static final Setting<Optional<String>> REGISTRY_USER = add(
            "registry.user",
            Kind.text("[^:]+", "a name without a colon").optional(),
            "",
            "User for basic authentication at the registry.");
    public static final Setting<Optional<Secret>> REGISTRY_PASSWORD =
            add("registry.password", Kind.secret().optional(), "", "Password of `registry.user`.");
    public static final Setting<Boolean> REGISTRY_AUTO_REGISTER = add(
            "registry.auto.register",
            Kind.flag(),
            "true",
            "Whether missing schemas are registered at start; `false` looks them up and refuses to start when one is missing.");
    public static final Setting<Duration> REGISTRY_CONNECT_TIMEOUT = add(
            "registry.connect.timeout",
            Kind.duration("1ms", "2s"),
            "500ms",
            "Longest wait for a connection to the registry, of one attempt.");
    public static final Setting<Duration> REGISTRY_RESPONSE_TIMEOUT = add(
            "registry.response.timeout",
            Kind.duration("1ms", "2s"),
            "1s",
            "Longest silence while the registry answers, of one attempt.");
    public static final Setting<Duration> REGISTRY_LOOKUP_TIMEOUT = add(
            "registry.lookup.timeout",
            Kind.duration("1ms", "2999ms"),
            "1500ms",
            "Longest time for one operation with all its attempts; below `streams.transaction.timeout`.");
    public static final Setting<Integer> REGISTRY_ROUNDS = add(
            "registry.rounds", Kind.count(1, 10), "3", "How often an operation goes over all URLs before it gives up.");
    public static final Setting<Duration> REGISTRY_UNKNOWN_REMEMBERED = add(
            "registry.unknown.remembered",
            Kind.duration("1s", "1d"),
            "60s",
            "How long an id that the registry does not know is answered from memory.");
    public static final Setting<Duration> REGISTRY_WAIT = add(
            "registry.wait",
            Kind.duration("0ms", "1d"),
            "5m",
            "How long `run` tries to reach a registry that is away before it gives up.");

    // ---- topics
    public static final Setting<String> TOPICS_PREFIX = add(
            "topics.prefix",
            Kind.text("[a-zA-Z0-9._-]{0,100}", "0 to 100 characters of letters, digits, dot, dash, underscore"),
            "",
            "Put before every topic name, so that several deployments share brokers.");
    public static final Setting<Boolean> TOPICS_CREATE = add(
            "topics.create",
            Kind.flag(),
            "true",
            "Whether missing topics are created at start; `false` refuses to start when one is missing.");
    public static final Setting<Integer> TOPICS_PARTITIONS = add(
            "topics.partitions",
            Kind.count(1, 10_000),
            "32",
            "Partitions of a topic that is created. Fixed for a deployment's life: users, caps and budgets are spread by it.");
    public static final Setting<Integer> TOPICS_REPLICATION = add(
            "topics.replication",
            Kind.count(-1, 100),
            "-1",
            "Copies of a topic that is created, also of Kafka Streams' own; -1 is the broker's default.");

    // ---- streams
    public static final Setting<Integer> STREAMS_THREADS = add(
            "streams.threads",
            Kind.count(1, 256),
            "1",
            "Stream threads of this process; one holds thousands of requests a second.");
    public static final Setting<Guarantee> STREAMS_GUARANTEE = add(
            "streams.guarantee",
            Kind.choice(Guarantee.class),
            "exactly_once_v2",
            "What happens to state and output when an instance dies; see docs/architecture.md.");
    public static final Setting<Duration> STREAMS_COMMIT_INTERVAL = add(
            "streams.commit.interval",
            Kind.duration("5ms", "1m"),
            "50ms",
            "Time between commits. A committed reader waits for one; each costs a transaction.");
    public static final Setting<Duration> STREAMS_POLL = add(
            "streams.poll",
            Kind.duration("1ms", "100ms"),
            "2ms",
            "Longest wait for new records, and how often answers of upstreams are looked for.");
    public static final Setting<Duration> STREAMS_LINGER = add(
            "streams.linger",
            Kind.duration("0ms", "1s"),
            "10ms",
            "How long a record may wait in the producer for company.");
    public static final Setting<Integer> STREAMS_RECORDS_MAX =
            add("streams.records.max", Kind.count(1, 10_000), "300", "Most records of one poll.");
    public static final Setting<Duration> STREAMS_TRANSACTION_TIMEOUT = add(
            "streams.transaction.timeout",
            Kind.duration("1s", "15m"),
            "3s",
            "After this the broker rolls back the transaction of an instance that died; committed readers wait for it.");
    public static final Setting<Duration> STREAMS_SESSION_TIMEOUT = add(
            "streams.session.timeout",
            Kind.duration("1s", "30m"),
            "6s",
            "After this an instance that says nothing is taken for dead. Brokers refuse less than their `group.min.session.timeout.ms`, 6 s by default.");
    public static final Setting<Duration> STREAMS_PROBING_INTERVAL = add(
            "streams.probing.interval",
            Kind.duration("1m", "1d"),
            "60s",
            "How often it is looked whether a standby has caught up and may take over.");
    public static final Setting<Integer> STREAMS_STANDBY_REPLICAS = add(
            "streams.standby.replicas",
            Kind.count(0, 10),
            "0",
            "Copies of the state kept warm on other instances, so that a takeover restores almost nothing.");
    public static final Setting<MetricsLevel> STREAMS_METRICS = add(
            "streams.metrics", Kind.choice(MetricsLevel.class), "info", "How much Kafka Streams measures of itself.");

    // ---- stop
    public static final Setting<Duration> STOP_FINISH = add(
            "stop.finish",
            Kind.duration("0ms", "30s"),
            "500ms",
            "How long a stop waits until nothing is in flight any more; what still is then goes to whoever takes the partitions up.");
    public static final Setting<Duration> STOP_WITHIN = add(
            "stop.within",
            Kind.duration("1s", "10m"),
            "15s",
            "Longest time of a stop after `stop.finish`: last commit, state to disk, partitions handed over. Beyond it the process ends with exit code 1.");

    // ---- decision
    public static final Setting<Duration> DECISION_DEADLINE = add(
            "decision.deadline",
            Kind.duration("1ms", "60s"),
            "300ms",
            "Total time for an answer where neither request nor placement says it.");
    public static final Setting<Duration> DECISION_MARGIN = add(
            "decision.margin",
            Kind.duration("0ms", "10s"),
            "20ms",
            "Part of the deadline that is kept from upstreams, for deciding and writing the answer.");
    public static final Setting<Integer> DECISION_INFLIGHT_MAX = add(
            "decision.inflight.max",
            Kind.count(1, 100_000),
            "5000",
            "Most requests of one partition that wait for upstreams; the next is answered at once without them.");
    public static final Setting<Integer> DECISION_CANDIDATES_MAX = add(
            "decision.candidates.max",
            Kind.count(1, 1_000),
            "20",
            "Most campaigns that one slot goes through before the house ad.");
    public static final Setting<Integer> DECISION_DOCUMENTS_MAX = add(
            "decision.documents.max",
            Kind.count(1, 10_000),
            "100",
            "Most documents that one request asks upstreams for, over all its slots, campaigns and wrappers.");
    public static final Setting<Calls> DECISION_CALLS = add(
            "decision.calls",
            Kind.choice(Calls.class),
            "async",
            "How upstreams are called; `blocking` only shows what waiting costs.");
    public static final Setting<Duration> DECISION_DUPLICATES_WINDOW = add(
            "decision.duplicates.window",
            Kind.duration("1s", "1h"),
            "2m",
            "How long a request id that was decided gets no second decision.");

    // ---- auction
    public static final Setting<Integer> AUCTION_TYPE = add(
            "auction.type",
            Kind.count(1, 2),
            "1",
            "Kind of auction where the request does not say: 1 first price, 2 second price plus (OpenRTB's `at`).");
    public static final Setting<Integer> AUCTION_INCREMENT = add(
            "auction.increment",
            Kind.count(0, 1_000_000_000),
            "10000",
            "What a winner pays above the runner-up in a second price auction, in millionths of the auction's currency per thousand.");
    public static final Setting<DealPriority> AUCTION_DEALS = add(
            "auction.deals",
            Kind.choice(DealPriority.class),
            "guaranteed",
            "Which deals win before other bids, whatever those pay: none, those that are guaranteed, or all.");
    public static final Setting<Duration> AUCTION_LEAST = add(
            "auction.least", Kind.duration("1ms", "10s"), "10ms", "With less time than this left, no bidder is asked.");
    public static final Setting<DisplayBilling> AUCTION_BILLING_DISPLAY = add(
            "auction.billing.display",
            Kind.choice(DisplayBilling.class),
            "impression",
            "When the billing notice of a banner or native ad is owed: at its impression, or when it wins. That of video and audio is owed at the impression.");
    public static final Setting<Optional<String>> AUCTION_CHAIN_ASI = add(
            "auction.chain.asi",
            Kind.text("[a-zA-Z0-9.-]{1,253}", "a domain").optional(),
            "",
            "Our domain in the supply chain, that of our sellers.json; with `auction.chain.sid` it adds our node to every request. Without, none is added.");
    public static final Setting<Optional<String>> AUCTION_CHAIN_SID = add(
            "auction.chain.sid",
            Kind.text("\\S{1,64}", "1 to 64 characters without spaces").optional(),
            "",
            "The publisher's id in that sellers.json.");

    // ---- sessions
    public static final Setting<Duration> SESSIONS_TIMEOUT = add(
            "sessions.timeout", Kind.duration("1m", "7d"), "30m", "A session without a request for this long is over.");

    // ---- rotation
    public static final Setting<Integer> ROTATION_SMOOTHING = add(
            "rotation.smoothing",
            Kind.count(1, 99),
            "20",
            "Share of the latest call in the averages that are kept of an upstream, in percent.");
    public static final Setting<Duration> ROTATION_WINDOW = add(
            "rotation.window",
            Kind.duration("1s", "7d"),
            "1h",
            "Over what the selector least-busy counts ended calls, when upstreams have as many calls out. Windows follow each other.");

    public static final Setting<List<String>> ROTATION_PLUGINS = add(
            "rotation.plugins",
            Kind.texts(".+", "a path"),
            "",
            "Jars with selectors and filters of others, and folders with such jars. `apply` needs the same ones as `run`, to know the names. What stands on the class path is found without it.");

    // ---- caps
    public static final Setting<Duration> CAPS_MAX_WINDOW = add(
            "caps.max.window",
            Kind.duration("1m", "366d"),
            "31d",
            "Longest window of a cap; exposures are kept this long. A longer rule is refused when it is applied.");
    public static final Setting<Duration> CAPS_SLOT = add(
            "caps.slot",
            Kind.duration("1m", "1d"),
            "1d",
            "Span of time whose exposures of a user are kept in one record, at most 500 ads. Never changed for a deployment that has state.");
    public static final Setting<Duration> CAPS_LATENESS = add(
            "caps.lateness",
            Kind.duration("0ms", "7d"),
            "1h",
            "How far behind the newest decision of its partition a decision or a late impression may be and still be counted.");
    public static final Setting<Unnamed> CAPS_UNNAMED = add(
            "caps.unnamed",
            Kind.choice(Unnamed.class),
            "session",
            "What stands for a user without a user id: `device` the device id, `session` that or else the session id; a request with none is "
                    + "refused. `refuse` refuses all without a user id. `uncapped` is as `session`, but serves the others without caps.");

    // ---- budget
    public static final Setting<Duration> BUDGET_LEASE_AHEAD = add(
            "budget.lease.ahead",
            Kind.duration("10ms", "10m"),
            "20s",
            "How much of its demand a partition leases in advance; it asks again when half of that is left.");
    public static final Setting<Duration> BUDGET_LEASE_REASK = add(
            "budget.lease.reask", Kind.duration("10ms", "10m"), "1s", "Shortest time between two asks for the same.");
    public static final Setting<Duration> BUDGET_LEASE_REPORT = add(
            "budget.lease.report",
            Kind.duration("10ms", "10m"),
            "1s",
            "Shortest time between two reports of a campaign's spend by one partition.");
    public static final Setting<Duration> BUDGET_LEASE_IDLE = add(
            "budget.lease.idle",
            Kind.duration("10ms", "10m"),
            "5s",
            "A lease that nothing was taken from for this long goes back to the ledger.");
    public static final Setting<Duration> BUDGET_LEDGER_RECHECK = add(
            "budget.ledger.recheck",
            Kind.duration("10ms", "10m"),
            "250ms",
            "How often the ledger looks for changed campaigns, and for money that falls due.");
    public static final Setting<Integer> BUDGET_PACING_CATCHUP = add(
            "budget.pacing.catchup",
            Kind.count(100, 10_000),
            "200",
            "How fast even pacing may go while it catches up after a gap, in percent of its even rate; 100 never catches up.");

    // ---- delivery
    public static final Setting<Duration> DELIVERY_RESERVATION_TTL = add(
            "delivery.reservation.ttl",
            Kind.duration("1s", "1d"),
            "10m",
            "How long a served ad may wait for its impression where the placement does not say it; then cap and money are given back.");
    public static final Setting<Duration> DELIVERY_LATE_WINDOW = add(
            "delivery.late.window",
            Kind.duration("0ms", "7d"),
            "1h",
            "How long after that an impression is still recorded, as late and unbilled; a later one is a dead letter.");
    public static final Setting<Duration> DELIVERY_EVENT_BEHIND = add(
            "delivery.event.behind",
            Kind.duration("0ms", "366d"),
            "1d",
            "How far the time that a client gives an impression may be behind the broker's; beyond it is a dead letter.");
    public static final Setting<Duration> DELIVERY_EVENT_AHEAD = add(
            "delivery.event.ahead",
            Kind.duration("0ms", "366d"),
            "1d",
            "How far it may be ahead, and then counts as the broker's; beyond it is a dead letter.");
    public static final Setting<List<SigningKey>> DELIVERY_TOKEN_KEYS = add(
            "delivery.token.keys",
            Kind.signingKeys(),
            "",
            "Keys of impression tokens; the first signs, all are accepted. `run` needs one. Make one with `head -c 32 /dev/urandom | base64`.");

    public static final Setting<String> DELIVERY_BEACON_URL = add(
            "delivery.beacon.url",
            Kind.text("(https?://[^\\s<>\"\\[\\]]{1,500})?", "an http or https URL"),
            "",
            "Where our own beacons lead: every ad gets trackers `URL/TOKEN/EVENT` for impression, start, quartiles, complete, click and error. Empty adds none.");
    public static final Setting<String> DELIVERY_VAST_VERSION = add(
            "delivery.vast.version",
            Kind.text("[23]\\.0|4\\.[0-3]", "2.0, 3.0, or 4.0 to 4.3"),
            "4.2",
            "Version of merged VAST documents where neither the request nor the slot's protocols name one.");

    // ---- reply
    public static final Setting<List<String>> REPLY_TOPICS = add(
            "reply.topics",
            Kind.texts(TOPIC_NAME, "a topic name"),
            "",
            "Topics that a request may name for its answer. They must exist at start; the prefix is not put before them.");

    // ---- upstream
    public static final Setting<Duration> UPSTREAM_TIMEOUT = add(
            "upstream.timeout",
            Kind.duration("1ms", "30s"),
            "250ms",
            "Longest wait for an upstream that has none of its own; the request's deadline ends it sooner.");
    public static final Setting<Duration> UPSTREAM_CONNECT_TIMEOUT = add(
            "upstream.connect.timeout",
            Kind.duration("1ms", "30s"),
            "200ms",
            "Longest wait for a connection to an upstream.");
    public static final Setting<Integer> UPSTREAM_CONNECTIONS_MAX = add(
            "upstream.connections.max", Kind.count(1, 100_000), "4000", "Most connections to all upstreams together.");
    public static final Setting<Integer> UPSTREAM_CONNECTIONS_PER_ROUTE = add(
            "upstream.connections.per.route", Kind.count(1, 100_000), "1000", "Most connections to one upstream host.");
    public static final Setting<Long> UPSTREAM_RESPONSE_MAX_BYTES = add(
            "upstream.response.max.bytes",
            Kind.bytes("1KiB", "64MiB"),
            "512KiB",
            "Longest answer of an upstream, after decompression.");
    public static final Setting<Integer> UPSTREAM_DOCUMENT_DEPTH_MAX = add(
            "upstream.document.depth.max",
            Kind.count(8, 1000),
            "64",
            "Deepest nesting of elements in a VAST or VMAP document. An Ad that goes deeper is lost, elsewhere the document.");
    public static final Setting<Integer> UPSTREAM_DOCUMENT_ATTRIBUTES_MAX = add(
            "upstream.document.attributes.max",
            Kind.count(8, 1000),
            "64",
            "Most attributes of one element of a VAST or VMAP document. An Ad with more is lost, elsewhere the document.");
    public static final Setting<Integer> UPSTREAM_DOCUMENT_TEXT_MAX = add(
            "upstream.document.text.max",
            Kind.count(1024, 1_048_576),
            "65536",
            "Longest text of one element of a VAST or VMAP document that is read, in characters. An Ad with a longer one is lost, elsewhere the document.");
    public static final Setting<Integer> UPSTREAM_DOCUMENT_ADS_MAX = add(
            "upstream.document.ads.max",
            Kind.count(1, 1000),
            "50",
            "Ads read of one VAST document, and breaks of one VMAP document; further ones are left out.");
    public static final Setting<Integer> UPSTREAM_REDIRECTS_MAX = add(
            "upstream.redirects.max",
            Kind.count(0, 20),
            "5",
            "Most HTTP redirects of one hop; each is checked like a first address.");
    public static final Setting<Integer> UPSTREAM_WRAPPERS_MAX = add(
            "upstream.wrappers.max",
            Kind.count(0, 20),
            "5",
            "Most VAST wrappers before the inline ad; one more fails with VAST error 302.");
    public static final Setting<Integer> UPSTREAM_DOCUMENTS_MAX = add(
            "upstream.documents.max",
            Kind.count(1, 200),
            "20",
            "Most VAST documents asked for in one resolution, all members of a pod together; a further wrapper fails with VAST error 302.");
    public static final Setting<Integer> UPSTREAM_DOCUMENTS_PARALLEL = add(
            "upstream.documents.parallel",
            Kind.count(1, 50),
            "4",
            "Most VAST documents of one resolution that are asked for at the same time: members of a pod.");
    public static final Setting<MediaChoice> UPSTREAM_MEDIA_CHOICE = add(
            "upstream.media.choice",
            Kind.choice(MediaChoice.class),
            "as_listed",
            "Which of an ad's media files comes first where the slot does not say: as the document lists them, most pixels, lowest bitrate, or nearest to the size of slot or player.");
    public static final Setting<Boolean> UPSTREAM_TRACKERS_FILL = add(
            "upstream.trackers.fill",
            Kind.flag(),
            "true",
            "Whether macros that stay the same until an ad is shown, such as `[TRANSACTIONID]` or `[GDPRCONSENT]`, are put into its trackers; all others stay for the player.");
    public static final Setting<List<String>> UPSTREAM_ALLOW = add(
            "upstream.allow",
            Kind.texts(HttpSettings::isDestination, "a host name, an address or a CIDR range"),
            "",
            "Hosts and address ranges that may be called although they are not globally routable, such as `ads.internal` or `10.1.0.0/16`.");

    public static final Setting<Long> UPSTREAM_CACHE_MAX_BYTES = add(
            "upstream.cache.max.bytes",
            Kind.bytes("1MiB", "4GiB"),
            "32MiB",
            "Memory for answers of the upstreams whose `cache` keeps them, all together. What is used least goes first.");
    public static final Setting<Integer> UPSTREAM_CACHE_ENTRIES_MAX = add(
            "upstream.cache.entries.max",
            Kind.count(1, 1_000_000),
            "10000",
            "Most answers that are kept, all together.");

    // ---- admin
    public static final Setting<String> ADMIN_HOST = add(
            "admin.host",
            Kind.text("\\S+", "a host name or address"),
            "127.0.0.1",
            "Address that health and metrics are served on.");
    public static final Setting<Integer> ADMIN_PORT = add(
            "admin.port",
            Kind.count(0, 65_535),
            "8088",
            "Port that health and metrics are served on; 0 takes a free one.");
    public static final Setting<Optional<Secret>> ADMIN_TOKEN = add(
            "admin.token",
            Kind.secret().optional(),
            "",
            "What `Authorization: Bearer` has to bring for all pages but `/health`. Needed where `admin.host` is not a loopback address.");
    public static final Setting<Optional<String>> ADMIN_ADVERTISED = add(
            "admin.advertised",
            Kind.text("[^\\s:]+:[0-9]{1,5}", "a host and port, host:port").optional(),
            "",
            "Where other machines reach the admin port, for answers that say which instance owns a user; without it `admin.host` and the port.");

    // ---- gateway
    public static final Setting<String> GATEWAY_HOST = add(
            "gateway.host",
            Kind.text("\\S+", "a host name or address"),
            "127.0.0.1",
            "Address that players and exchanges are answered on; `0.0.0.0` is every one of the machine. TLS ends in front of it.");
    public static final Setting<Integer> GATEWAY_PORT = add(
            "gateway.port",
            Kind.count(0, 65_535),
            "8080",
            "Port that players and exchanges are answered on; 0 takes a free one.");
    public static final Setting<Integer> GATEWAY_ADMIN_PORT = add(
            "gateway.admin.port",
            Kind.count(0, 65_535),
            "8087",
            "Port of the gateway's health and metrics, on `admin.host`; 0 takes a free one.");
    public static final Setting<AnswersRead> GATEWAY_ANSWERS_READ = add(
            "gateway.answers.read",
            Kind.choice(AnswersRead.class),
            "committed",
            "Which answers are passed on: those that stand, or, sooner by about a commit, the first of each request; one that is rolled back after a crash never bills.");
    public static final Setting<Duration> GATEWAY_DEADLINE_USUAL = add(
            "gateway.deadline.usual",
            Kind.duration("10ms", "60s"),
            "500ms",
            "Time in which an HTTP request is answered where it names none; then it has no ad.");
    public static final Setting<Duration> GATEWAY_DEADLINE_MAX = add(
            "gateway.deadline.max",
            Kind.duration("10ms", "60s"),
            "5s",
            "Longest time that an HTTP request may name; a longer one is cut to it.");
    public static final Setting<Duration> GATEWAY_MARGIN = add(
            "gateway.margin",
            Kind.duration("0ms", "10s"),
            "100ms",
            "Part of that time that the pipeline does not get, for the way to it and back, a commit included; at most half of it.");
    public static final Setting<Integer> GATEWAY_INFLIGHT_MAX = add(
            "gateway.inflight.max",
            Kind.count(1, 1_000_000),
            "5000",
            "Most HTTP requests that wait for the pipeline or for brokers; the next is answered at once without an ad.");
    public static final Setting<Integer> GATEWAY_CONNECTIONS_MAX = add(
            "gateway.connections.max",
            Kind.count(1, 1_000_000),
            "10000",
            "Most connections at a time; a further one is closed.");
    public static final Setting<Duration> GATEWAY_IDLE = add(
            "gateway.idle",
            Kind.duration("1s", "10m"),
            "30s",
            "A connection that says nothing for this long is closed. Longer than the longest deadline.");
    public static final Setting<Long> GATEWAY_BODY_MAX_BYTES = add(
            "gateway.body.max.bytes",
            Kind.bytes("1KiB", "200KiB"),
            "128KiB",
            "Longest body of an HTTP request, before and after decompression; a longer one is refused with 413.");
    public static final Setting<List<String>> GATEWAY_PROXIES = add(
            "gateway.proxies",
            Kind.texts("[0-9a-fA-F.:]+(/[0-9]{1,3})?", "an address or CIDR range"),
            "",
            "Proxies whose `X-Forwarded-For` is believed. From others it is not read: the client is who is connected.");
    public static final Setting<List<String>> GATEWAY_ORIGINS = add(
            "gateway.origins",
            Kind.texts("\\*|https?://[^\\s/,]+", "* or an origin such as https://player.example"),
            "*",
            "Web origins whose pages may read answers (CORS). Empty allows none.");
    public static final Setting<Integer> GATEWAY_RATE_ADS = add(
            "gateway.rate.ads",
            Kind.count(0, 100_000),
            "0",
            "Most ad requests a second of one client address (of IPv6 its /64); 0 sets no limit. Beyond it the answer is 429.");
    public static final Setting<Integer> GATEWAY_RATE_EVENTS = add(
            "gateway.rate.events",
            Kind.count(0, 100_000),
            "0",
            "As `gateway.rate.ads`, for the beacons of ads: an ad has up to nine.");
    public static final Setting<Duration> GATEWAY_STOP_NOTICE = add(
            "gateway.stop.notice",
            Kind.duration("0ms", "5m"),
            "0ms",
            "How long a stopping gateway goes on taking requests while it says that it is not ready, so that a balancer has time to see it.");
    public static final Setting<Duration> GATEWAY_STOP_FINISH = add(
            "gateway.stop.finish", Kind.duration("0ms", "5m"), "5s", "How long it then waits for requests in flight.");

    // ---- notifier
    public static final Setting<Integer> NOTIFIER_ADMIN_PORT = add(
            "notifier.admin.port",
            Kind.count(0, 65_535),
            "8086",
            "Port of the notifier's health and metrics, on `admin.host`; 0 takes a free one.");
    public static final Setting<Duration> NOTIFIER_TIMEOUT = add(
            "notifier.timeout",
            Kind.duration("10ms", "1m"),
            "5s",
            "Longest wait for whoever is told, redirects included.");
    public static final Setting<Integer> NOTIFIER_ATTEMPTS_MAX = add(
            "notifier.attempts.max",
            Kind.count(1, 20),
            "5",
            "How often a notice is tried before it is a dead letter. A billing notice is called once, whatever comes of it.");
    public static final Setting<Duration> NOTIFIER_BACKOFF_FIRST = add(
            "notifier.backoff.first",
            Kind.duration("1ms", "10m"),
            "1s",
            "Pause before the second attempt; each further one is twice as long.");
    public static final Setting<Duration> NOTIFIER_BACKOFF_MAX =
            add("notifier.backoff.max", Kind.duration("1ms", "1h"), "1m", "Longest pause between two attempts.");
    public static final Setting<Integer> NOTIFIER_HOST_CALLS_MAX = add(
            "notifier.host.calls.max",
            Kind.count(1, 1_000),
            "20",
            "Most calls to one host at a time; further ones wait for their turn.");
    public static final Setting<Integer> NOTIFIER_INFLIGHT_MAX = add(
            "notifier.inflight.max",
            Kind.count(1, 1_000_000),
            "10000",
            "Most notices that are called or wait for another attempt; beyond it no further ones are read.");

    private Settings() {}

    /** Every setting, section by section. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(REGISTERED);
    }

    private static <T> Setting<T> add(String name, Kind<T> kind, String initial, String doc) {
        Setting<T> setting = new Setting<>(name, kind, initial, doc);
        REGISTERED.add(setting);
        return setting;
    }
}
