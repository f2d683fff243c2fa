package millrace.upstream.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Gives answers again that may be, instead of asking. Only where a call says so, a GET without cookies; only an answer that says how long it is fresh, was not redirected,
 * sets no cookie, and is of that call's upstream; only for the same URL with the same headers of ours and the same values of what it says that it varies by.
 *
 * <p>Nothing waits: who finds nothing asks, also when another asks for the same already. Nothing is asked again to see whether it is still so. Safe for any thread.
 */
public final class KeptAnswers implements HttpExchange {
    /** What an entry takes beside its texts and its body. */
    private static final int OVERHEAD = 512;

    private final HttpExchange exchange;
    private final InstantSource clock;
    private final Cache<Place, Found> kept;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * How much is kept.
     *
     * @param bytes of memory, about
     * @param entries answers, at most
     */
    public record Limits(long bytes, int entries) {
        public static final Limits USUAL = new Limits(32 << 20, 10_000);

        public Limits {
            if (bytes < 1 || entries < 1) {
                throw new IllegalArgumentException(
                        "room for " + entries + " answers in " + bytes + " bytes; both must be positive");
            }
        }
    }

    /**
     * Where an answer is.
     *
     * @param own headers of ours that go to this origin alone: with another credential it is another place
     * @param varying values of the headers that the answer varies by; empty before that is known
     */
    private record Place(String whose, String url, List<HttpHeaders.Field> own, List<String> varying) {
        Place varied(List<String> values) {
            return new Place(whose, url, own, values);
        }
    }

    private sealed interface Found {
        long nanos();

        /** An answer. */
        record Answer(HttpOutcome.Reply reply, long nanos) implements Found {}

        /** There are answers of this URL by the values of these headers. */
        record Signpost(List<String> names, long nanos) implements Found {}
    }

    public KeptAnswers(HttpExchange exchange, Limits limits, InstantSource clock, LongSupplier nanoTime) {
        this.exchange = exchange;
        this.clock = clock;
        // No entry counts for less than its share, so that the bound of the weight is one of the number too.
        long share = Math.max(1, limits.bytes() / limits.entries());
        this.kept = Caffeine.newBuilder()
                .maximumWeight(limits.bytes())
                .weigher((Place place, Found found) ->
                        (int) Math.min(Integer.MAX_VALUE, Math.max(share, weight(place, found))))
                .expireAfter(Expiry.<Place, Found>creating((place, found) -> Duration.ofNanos(found.nanos())))
                .ticker(nanoTime::getAsLong)
                // Its housekeeping is some steps after a write: on a worker of ours, not on a pool of the process.
                .executor(Runnable::run)
                .build();
    }

    /** Calls that were answered without asking. */
    public long hits() {
        return hits.sum();
    }

    /** Calls that might have been, and were not. */
    public long misses() {
        return misses.sum();
    }

    /** About how much memory is used. */
    public long bytes() {
        return kept.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    @Override
    public CompletableFuture<HttpOutcome> exchange(HttpCall call) {
        if (call.keeping().isEmpty()
                || call.body().isPresent()
                || call.cookies().header(call.url()).isPresent()) {
            return exchange.exchange(call);
        }
        HttpCall.Keeping keeping = call.keeping().get();
        Place place = new Place(
                keeping.whose(), call.url().toString(), call.originHeaders().fields(), List.of());
        Optional<HttpOutcome.Reply> known = known(place, call);
        if (known.isPresent()) {
            hits.increment();
            return CompletableFuture.completedFuture(known.get());
        }
        misses.increment();
        CompletableFuture<HttpOutcome> asked = exchange.exchange(call);
        // Kept before it is given, so that whoever asks because of this answer finds it.
        CompletableFuture<HttpOutcome> given = asked.thenApply(outcome -> {
            if (outcome instanceof HttpOutcome.Reply reply) {
                keep(place, call, keeping, reply);
            }
            return outcome;
        });
        var _ = given.whenComplete((_, _) -> asked.cancel(true));
        return given;
    }

    private Optional<HttpOutcome.Reply> known(Place place, HttpCall call) {
        return switch (kept.getIfPresent(place)) {
            case null -> Optional.empty();
            case Found.Answer(HttpOutcome.Reply reply, long _) -> Optional.of(reply);
            case Found.Signpost(List<String> names, long _) ->
                kept.getIfPresent(place.varied(values(names, call))) instanceof Found.Answer(var reply, long _)
                        ? Optional.of(reply)
                        : Optional.empty();
        };
    }

    private void keep(Place place, HttpCall call, HttpCall.Keeping keeping, HttpOutcome.Reply reply) {
        boolean isAuthorized = call.originHeaders().get("Authorization").isPresent();
        Duration fresh = Freshness.of(reply, isAuthorized, clock.instant());
        // What came by way of a redirect is what another address says, for as long as the redirect stands; that is not
        // known.
        if (!fresh.isPositive()
                || !reply.url().equals(call.url())
                || !keeping.isFor().test(reply.body())) {
            return;
        }
        long nanos = (fresh.compareTo(keeping.maxAge()) < 0 ? fresh : keeping.maxAge()).toNanos();
        List<String> names = varies(reply.headers());
        Found.Answer answer = new Found.Answer(reply, nanos);
        if (names.isEmpty()) {
            kept.put(place, answer);
        } else {
            kept.put(place, new Found.Signpost(names, nanos));
            kept.put(place.varied(values(names, call)), answer);
        }
    }

    private static List<String> varies(HttpHeaders headers) {
        return headers.all("Vary").stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** As they are sent; a header that is not sent has none. */
    private static List<String> values(List<String> names, HttpCall call) {
        HttpHeaders sent = call.headers().overriddenBy(call.originHeaders());
        return names.stream().map(name -> name + ":" + sent.all(name)).toList();
    }

    private static long weight(Place place, Found found) {
        long weight = OVERHEAD + 2L * place.url().length();
        for (String value : place.varying()) {
            weight += 2L * value.length();
        }
        return switch (found) {
            case Found.Signpost signpost -> weight;
            case Found.Answer(HttpOutcome.Reply reply, long _) -> {
                for (HttpHeaders.Field field : reply.headers().fields()) {
                    weight += OVERHEAD / 8
                            + 2L * (field.name().length() + field.value().length());
                }
                yield weight + reply.body().length;
            }
        };
    }
}
