package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger lookups = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpSettings settings = HttpSettings.defaults();

    @AfterEach
    void stop() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    private Names names(NameLookup lookup) {
        return names(lookup, settings);
    }

    private Names names(NameLookup lookup, HttpSettings with) {
        return new Names(lookup, threads, timer, now::get, with);
    }

    private void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    private NameLookup counting() {
        return host -> {
            lookups.incrementAndGet();
            return List.of(PUBLIC);
        };
    }

    @Test
    void addressesAreRememberedForTheirTime() {
        Names names = names(counting());

        names.find("a.example").join();
        pass(settings.nameTtl().minusMillis(1));
        names.find("a.example").join();

        assertThat(lookups).hasValue(1);
    }

    @Test
    void expiredAddressesAreUsedWhileTheyAreAskedForAnew() {
        Names names = names(counting());
        names.find("a.example").join();

        pass(settings.nameTtl());
        CompletableFuture<Names.Answer> stale = names.find("a.example");

        assertThat(stale).isCompleted();
        await().until(() -> lookups.get() == 2);
    }

    @Test
    void longExpiredAddressesAreNotUsed() {
        CountDownLatch hang = new CountDownLatch(1);
        Names names = names(host -> {
            if (lookups.incrementAndGet() > 1) {
                awaitQuietly(hang);
            }
            return List.of(PUBLIC);
        });
        names.find("a.example").join();

        pass(settings.nameTtl().multipliedBy(11));

        assertThat(names.find("a.example")).isNotCompleted();
        hang.countDown();
    }

    @Test
    void waitersShareOneLookup() {
        CountDownLatch answer = new CountDownLatch(1);
        Names names = names(host -> {
            lookups.incrementAndGet();
            awaitQuietly(answer);
            return List.of(PUBLIC);
        });
        List<CompletableFuture<Names.Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(names.find("a.example"));
        }

        answer.countDown();

        assertThat(waiting).allSatisfy(w -> assertThat(w.join().addresses()).containsExactly(PUBLIC));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void failureIsRememberedForAShortWhile() {
        Names names = names(host -> {
            lookups.incrementAndGet();
            throw new UnknownHostException(host);
        });

        assertThat(names.find("no.example").join().problem()).contains("no.example");
        names.find("no.example").join();
        assertThat(lookups).hasValue(1);

        pass(settings.nameFailureTtl());
        names.find("no.example").join();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void lastAddressesStandWhileTheNameServerIsAway() {
        Names names = names(host -> {
            if (lookups.incrementAndGet() > 1) {
                throw new UnknownHostException(host);
            }
            return List.of(PUBLIC);
        });
        names.find("a.example").join();

        pass(settings.nameTtl());
        names.find("a.example").join();
        await().until(() -> lookups.get() == 2);

        assertThat(names.find("a.example").join().addresses()).containsExactly(PUBLIC);
    }

    @Test
    void hungLookupFailsAtItsLimitAndHoldsOneThreadAtMost() {
        CountDownLatch hang = new CountDownLatch(1);
        HttpSettings quick = new HttpSettings(
                10,
                10,
                1,
                1,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMillis(30),
                100,
                List.of(),
                4096,
                100,
                8192,
                5);
        Names names = names(
                host -> {
                    lookups.incrementAndGet();
                    awaitQuietly(hang);
                    return List.of(PUBLIC);
                },
                quick);

        assertThat(names.find("slow.example").join().isKnown()).isFalse();
        pass(Duration.ofSeconds(3));
        assertThat(names.find("slow.example").join().problem()).contains("hangs");
        assertThat(lookups).hasValue(1);

        hang.countDown();
        await().until(() -> names.known("slow.example").orElseThrow().isKnown());
    }

    @Test
    void literalAddressesAskNobody() {
        Names names = names(counting());

        assertThat(names.find("8.8.8.8").join().addresses()).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
        assertThat(names.find("2606:4700:0:0:0:0:0:1111").join().isKnown()).isTrue();
        assertThat(lookups).hasValue(0);
    }

    @Test
    void strangeLookupsAreFailures() {
        assertThat(names(host -> List.of()).find("a.example").join().isKnown()).isFalse();
        assertThat(names(host -> {
                            throw new IllegalStateException("x");
                        })
                        .find("a.example")
                        .join()
                        .problem())
                .contains("IllegalStateException");
    }

    @Test
    void tooManyLookupsAtOnceAreRefused() {
        Names names = new Names(
                counting(),
                task -> {
                    throw new RejectedExecutionException();
                },
                timer,
                now::get,
                settings);

        assertThat(names.find("a.example").join().problem()).contains("too many");
    }

    @Test
    void rememberedHostsAreBounded() {
        HttpSettings small = new HttpSettings(
                10,
                10,
                1,
                1,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                16,
                List.of(),
                4096,
                100,
                8192,
                5);
        Names names = names(counting(), small);

        for (int i = 0; i < 100; i++) {
            names.find("h" + i + ".example").join();
        }

        long known = java.util.stream.IntStream.range(0, 100)
                .filter(i -> names.known("h" + i + ".example").isPresent())
                .count();
        assertThat(known).isLessThanOrEqualTo(16);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
