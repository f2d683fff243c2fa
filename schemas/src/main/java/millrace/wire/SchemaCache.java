package millrace.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas by id, asked for in the background at the first sight of an id.
 *
 * <pre>
 *            find            answer
 *   (new) ──────────► Asking ────────► known, for ever (an id never changes its schema)
 *                       ▲  │ definite no
 *              find,    │  ├─────────► Absent ──(unknownFor)──► new
 *          after pause  │  │ unavailable
 *                       └──┴─────────► Away
 * </pre>
 *
 * <p>Look-ups are driven by those who ask: while the registry is away each id is tried again at the first question after a pause that
 * grows to five seconds, and never when nobody asks. Ids come from other people's bytes, so both the look-ups under way and the
 * remembered ids are bounded.
 */
final class SchemaCache {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaCache.class);
    private static final int MOST_UNDER_WAY = 256;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Backoff PAUSE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final SchemaLookup PENDING = new SchemaLookup.Pending();

    private sealed interface Inquiry {
        record Asking(int failures) implements Inquiry {}

        record Absent(SchemaLookup.Unknown answer, long untilNanos) implements Inquiry {}

        record Away(int failures, long notBeforeNanos) implements Inquiry {}
    }

    private final IntFunction<Schema> registry;
    private final Executor background;
    private final Duration unknownFor;
    private final LongSupplier nanoTime;
    private final Map<Integer, SchemaLookup.Known> known = new ConcurrentHashMap<>();
    private final Map<Integer, Inquiry> inquiries = new LinkedHashMap<>();
    private int underWay;

    /**
     * @param registry one blocking, bounded look-up; throws {@link RegistryException}
     * @param background runs look-ups
     */
    SchemaCache(IntFunction<Schema> registry, Executor background, Duration unknownFor, LongSupplier nanoTime) {
        this.registry = registry;
        this.background = background;
        this.unknownFor = unknownFor;
        this.nanoTime = nanoTime;
    }

    /** Never waits. */
    SchemaLookup find(int id) {
        SchemaLookup answer = known.get(id);
        return answer != null ? answer : ask(id);
    }

    /** Waits for the registry, in the caller's thread, unless the answer is known. */
    Schema get(int id) {
        SchemaLookup.Known remembered = known.get(id);
        if (remembered != null) {
            return remembered.schema();
        }
        if (rememberedAbsence(id) instanceof SchemaLookup.Unknown unknown) {
            throw new RegistryException.Unknown(unknown.reason());
        }
        try {
            Schema schema = registry.apply(id);
            remember(id, schema);
            return schema;
        } catch (RegistryException.Unknown e) {
            SchemaLookup.Unknown unknown = unknown(id, e);
            settle(id, absent(unknown));
            throw new RegistryException.Unknown(unknown.reason());
        }
    }

    /** A schema that is known without asking, because it was registered by us. */
    void remember(int id, Schema schema) {
        known.put(id, new SchemaLookup.Known(schema));
        forget(id);
    }

    private synchronized SchemaLookup ask(int id) {
        SchemaLookup answer = known.get(id);
        if (answer != null) {
            return answer;
        }
        long now = nanoTime.getAsLong();
        return switch (inquiries.get(id)) {
            case null -> start(id, 0);
            case Inquiry.Asking _ -> PENDING;
            case Inquiry.Absent absent -> now - absent.untilNanos < 0 ? absent.answer : start(id, 0);
            case Inquiry.Away away -> now - away.notBeforeNanos < 0 ? PENDING : start(id, away.failures);
        };
    }

    private synchronized @Nullable SchemaLookup rememberedAbsence(int id) {
        return inquiries.get(id) instanceof Inquiry.Absent absent && nanoTime.getAsLong() - absent.untilNanos < 0
                ? absent.answer
                : null;
    }

    /** Under the lock. Beyond the bound nothing is started and nothing remembered: the next question tries again. */
    private SchemaLookup start(int id, int failures) {
        if (underWay >= MOST_UNDER_WAY) {
            return PENDING;
        }
        try {
            background.execute(() -> lookUp(id, failures));
        } catch (RejectedExecutionException e) {
            // Closed: whoever still asks is about to stop too.
            return PENDING;
        }
        underWay++;
        inquiries.remove(id);
        inquiries.put(id, new Inquiry.Asking(failures));
        return PENDING;
    }

    private void lookUp(int id, int failures) {
        try {
            known.put(id, new SchemaLookup.Known(registry.apply(id)));
            finish(id, null);
        } catch (RegistryException.Unknown e) {
            SchemaLookup.Unknown unknown = unknown(id, e);
            LOG.atDebug().addKeyValue("schemaId", id).log(unknown.reason());
            finish(id, absent(unknown));
        } catch (RuntimeException e) {
            // Unavailable, but also refused credentials or a bug of ours: none of them says anything about the record.
            if (failures == 0) {
                LOG.atWarn()
                        .addKeyValue("schemaId", id)
                        .addKeyValue("cause", e.getMessage())
                        .log("schema cannot be looked up; its records wait");
            }
            long pause = PAUSE.after(failures + 1, ThreadLocalRandom.current()).toNanos();
            finish(id, new Inquiry.Away(failures + 1, nanoTime.getAsLong() + pause));
        }
    }

    private synchronized void finish(int id, @Nullable Inquiry outcome) {
        underWay--;
        if (outcome == null || known.containsKey(id)) {
            forget(id);
        } else {
            settle(id, outcome);
        }
    }

    private synchronized void settle(int id, Inquiry outcome) {
        inquiries.remove(id);
        inquiries.put(id, outcome);
        var oldest = inquiries.entrySet().iterator();
        while (inquiries.size() > MOST_REMEMBERED && oldest.hasNext()) {
            if (!(oldest.next().getValue() instanceof Inquiry.Asking)) {
                oldest.remove();
            }
        }
    }

    private synchronized void forget(int id) {
        inquiries.remove(id);
    }

    private Inquiry absent(SchemaLookup.Unknown unknown) {
        return new Inquiry.Absent(unknown, nanoTime.getAsLong() + unknownFor.toNanos());
    }

    private static SchemaLookup.Unknown unknown(int id, RegistryException.Unknown e) {
        return new SchemaLookup.Unknown("schema id %d is unknown to the registry (%s)".formatted(id, e.getMessage()));
    }
}
