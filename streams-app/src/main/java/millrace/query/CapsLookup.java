package millrace.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.caps.CapQuery;
import millrace.caps.CapSettings;
import millrace.caps.FrequencyCaps;
import millrace.caps.Viewer;
import millrace.catalog.LiveCatalog;
import millrace.session.Session;
import millrace.session.Sessions;
import millrace.session.UserKey;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * What each cap leaves of a user: {@code /caps?user=KEY[&campaign=ID][&placement=ID][&creative=ID][&advertiser=ID][&upstream=ID]}. Read
 * from the stores of the instance that owns the user's partition; every other one answers 421 and says which does. The user is neither
 * logged nor in the answer.
 */
public final class CapsLookup implements Lookup {
    private static final int LONGEST_KEY = 256;

    private final KafkaStreams streams;
    private final HostInfo self;
    private final LiveCatalog catalog;
    private final CapSettings settings;
    private final Duration sessionTimeout;
    private final InstantSource clock;

    /** @param self how other instances know this one */
    public CapsLookup(
            KafkaStreams streams,
            HostInfo self,
            LiveCatalog catalog,
            CapSettings settings,
            Duration sessionTimeout,
            InstantSource clock) {
        this.streams = streams;
        this.self = self;
        this.catalog = catalog;
        this.settings = settings;
        this.sessionTimeout = sessionTimeout;
        this.clock = clock;
    }

    @Override
    public Answer look(Map<String, String> parameters) {
        String user = parameters.getOrDefault("user", "").strip();
        if (user.isEmpty() || user.length() > LONGEST_KEY) {
            return error(400, "user is missing, or longer than " + LONGEST_KEY + " characters");
        }
        List<AskedRules> asked = AskedRules.of(catalog, parameters);
        if (asked.isEmpty()) {
            return error(404, "no such campaign or placement is in the catalog");
        }
        try {
            KeyQueryMetadata where = streams.queryMetadataForKey(FrequencyCaps.STORE, user, new StringSerializer());
            if (where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return error(503, "this instance does not know yet who owns the user's partition; ask again");
            }
            return where.activeHost().equals(self)
                    ? answer(where.partition(), user, asked)
                    : elsewhere(where.partition(), where.activeHost());
        } catch (InvalidStateStoreException moving) {
            return error(503, "the user's partition is being taken up; ask again");
        }
    }

    private Answer answer(int partition, String user, List<AskedRules> asked) {
        Instant now = clock.instant();
        CapQuery query = new CapQuery(
                store(FrequencyCaps.STORE, partition, QueryableStoreTypes.windowStore()),
                store(FrequencyCaps.LIFETIME, partition, QueryableStoreTypes.keyValueStore()),
                settings);
        Viewer viewer = Sessions.activeOf(
                        store(Sessions.STORE, partition, QueryableStoreTypes.<String, byte[]>keyValueStore()),
                        new UserKey(user),
                        now,
                        sessionTimeout)
                .map(session -> viewer(user, session))
                .orElseGet(() -> new Viewer(user, 0, now));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("partition", partition);
        ArrayNode rules = body.putArray("rules");
        for (AskedRules of : asked) {
            query.remaining(viewer, of.rules(), of.subject(), now).forEach(left -> rules.add(rule(of, left)));
        }
        return new Answer(200, body.toString());
    }

    private <T> T store(String name, int partition, QueryableStoreType<T> type) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }

    private static Viewer viewer(String user, Session session) {
        return new Viewer(user, session.fingerprint(), session.startedAt());
    }

    private static ObjectNode rule(AskedRules of, CapQuery.Remaining left) {
        String scope = left.rule().scope().name().toLowerCase(Locale.ROOT);
        ObjectNode rule = JsonNodeFactory.instance
                .objectNode()
                .put("on", of.kind())
                .put("id", of.id())
                .put("scope", scope)
                .put("limit", left.rule().limit())
                .put("per", RuleText.per(left.rule().span()));
        return of.subject().isKnown(left.rule().scope())
                ? rule.put("remaining", left.left())
                : rule.put("needs", scope);
    }

    private static Answer elsewhere(int partition, HostInfo owner) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("error", "another instance owns the user's partition")
                .put("partition", partition)
                .put("owner", owner.host() + ":" + owner.port());
        return new Answer(421, body.toString());
    }

    private static Answer error(int status, String message) {
        return new Answer(
                status,
                JsonNodeFactory.instance.objectNode().put("error", message).toString());
    }
}
