package millrace.upstream.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The addresses of hosts, asked for on threads of their own and remembered for a short while.
 *
 * <p>One look-up a host at a time, however many wait for it; a look-up that hangs delays nobody who asks for another
 * host, and is reported as failed after the time limit while its thread may still hang. Addresses that have just
 * expired are used while they are asked for anew, so that a busy upstream does not pause at every expiry. Failures are
 * remembered too. Bounded: beyond the size an expired host is forgotten, else any.
 */
final class Names {
    /**
     * What is known of a host.
     *
     * @param goodUntil when to ask anew
     * @param staleUntil until when the addresses may be used while that is done
     */
    record Answer(List<InetAddress> addresses, String problem, Instant goodUntil, Instant staleUntil) {
        boolean isKnown() {
            return !addresses.isEmpty();
        }
    }

    /** How many times its time to live an address may be used while it is asked for anew. */
    private static final int STALE_FACTOR = 10;

    private final NameLookup lookup;
    private final Executor nameThreads;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final HttpSettings settings;
    private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    /** Hosts that hold a name thread, timed out or not: none gets a second one. */
    private final Set<String> onThread = ConcurrentHashMap.newKeySet();

    Names(
            NameLookup lookup,
            Executor nameThreads,
            ScheduledExecutorService timer,
            InstantSource clock,
            HttpSettings settings) {
        this.lookup = lookup;
        this.nameThreads = nameThreads;
        this.timer = timer;
        this.clock = clock;
        this.settings = settings;
    }

    /** The host's addresses, at once when they are known. Never blocks. */
    CompletableFuture<Answer> find(String host) {
        Answer known = answers.get(host);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.goodUntil())) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<Answer> fresh = ask(host);
        boolean usable = known != null && now.isBefore(known.staleUntil());
        return usable ? CompletableFuture.completedFuture(known) : fresh;
    }

    /** What was found last, expired or not, for the connection that is being made on the strength of it. */
    Optional<Answer> known(String host) {
        return Optional.ofNullable(answers.get(host));
    }

    private CompletableFuture<Answer> ask(String host) {
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> other = asked.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        Optional<InetAddress> literal = IpLiteral.of(host);
        if (literal.isPresent()) {
            settle(host, mine, found(List.of(literal.get())));
        } else if (onThread.add(host)) {
            start(host, mine);
        } else {
            settle(host, mine, failed(host + ": the name look-up hangs"));
        }
        return mine;
    }

    private void start(String host, CompletableFuture<Answer> mine) {
        try {
            var limit = timer.schedule(
                    () -> settle(host, mine, failed(host + ": no answer from the name server")),
                    settings.nameTimeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            nameThreads.execute(() -> {
                settle(host, mine, look(host));
                limit.cancel(false);
            });
        } catch (RejectedExecutionException e) {
            onThread.remove(host);
            settle(host, mine, failed(host + ": too many name look-ups at once"));
        }
    }

    private Answer look(String host) {
        try {
            return found(lookup.lookup(host));
        } catch (UnknownHostException e) {
            return failed(host + ": unknown host");
        } catch (RuntimeException e) {
            // A foreign look-up may throw anything; a waiting call must hear of it all the same.
            return failed(host + ": the name look-up failed: " + e.getClass().getSimpleName());
        } finally {
            onThread.remove(host);
        }
    }

    /** Also remembers an answer that came after its time limit: the next call will want it. */
    private void settle(String host, CompletableFuture<Answer> mine, Answer answer) {
        makeRoom();
        answers.put(host, answer.isKnown() ? answer : lastGood(host, answer));
        asked.remove(host, mine);
        mine.complete(answer);
    }

    /** While a name server is away, what it said last stands for a while, and it is asked again soon. */
    private Answer lastGood(String host, Answer failure) {
        Answer before = answers.get(host);
        boolean usable = before != null && clock.instant().isBefore(before.staleUntil());
        return before != null && usable
                ? new Answer(before.addresses(), "", failure.goodUntil(), before.staleUntil())
                : failure;
    }

    private void makeRoom() {
        if (answers.size() < settings.maxNames()) {
            return;
        }
        Instant now = clock.instant();
        answers.values().removeIf(a -> !now.isBefore(a.goodUntil()));
        var hosts = answers.keySet().iterator();
        while (answers.size() >= settings.maxNames() && hosts.hasNext()) {
            hosts.next();
            hosts.remove();
        }
    }

    private Answer found(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return failed("host has no address");
        }
        // The bytes alone: an IPv4-mapped address shows as what it is.
        List<InetAddress> plain =
                addresses.stream().map(a -> IpLiteral.of(a.getAddress())).toList();
        Duration stale = settings.nameTtl().multipliedBy(STALE_FACTOR);
        return new Answer(plain, "", until(settings.nameTtl()), until(stale));
    }

    private Answer failed(String problem) {
        return new Answer(List.of(), problem, until(settings.nameFailureTtl()), Instant.MIN);
    }

    private Instant until(Duration ttl) {
        return clock.instant().plus(ttl);
    }
}
