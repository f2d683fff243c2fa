package millrace.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * One operation: every URL in turn, some rounds with a pause between them, until one gives an answer that is not trouble or the time is
 * up. All operations of the registry may be repeated safely, registering included.
 */
final class RegistryAttempts implements Callable<RegistryAnswer> {

    private static final Backoff BETWEEN_ROUNDS = new Backoff(Duration.ofMillis(50), Duration.ofMillis(400));

    private final RegistryRequest request;
    private final RegistrySettings settings;
    private final RegistryUrls urls;
    private final RegistryTransport transport;
    private final long endNanos;
    private final AtomicReference<@Nullable HttpUriRequestBase> current = new AtomicReference<>();
    private volatile String lastFailure = "no answer";
    private volatile boolean cancelled;

    RegistryAttempts(
            RegistryRequest request, RegistrySettings settings, RegistryUrls urls, RegistryTransport transport) {
        this.request = request;
        this.settings = settings;
        this.urls = urls;
        this.transport = transport;
        this.endNanos = System.nanoTime() + settings.totalTimeout().toNanos();
    }

    @Override
    public RegistryAnswer call() throws InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (URI url : urls.inTurn()) {
                RegistryAnswer answer = attempt(url);
                if (answer != null) {
                    return answer;
                }
            }
            if (round < settings.rounds()) {
                Thread.sleep(shorter(BETWEEN_ROUNDS.after(round, ThreadLocalRandom.current()), remaining()));
            }
        }
        throw new RegistryException.Unavailable(lastFailure);
    }

    private @Nullable RegistryAnswer attempt(URI url) {
        Duration remaining = remaining();
        if (cancelled || remaining.toMillis() < 1) {
            return null;
        }
        try {
            RegistryAnswer answer = transport.send(url, request, remaining, this::isCurrent);
            if (!answer.isTrouble()) {
                urls.answered(url);
                return answer;
            }
            lastFailure = answer.describe();
        } catch (IOException e) {
            lastFailure = "%s: %s"
                    .formatted(url, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        return null;
    }

    private void isCurrent(HttpUriRequestBase call) {
        current.set(call);
        if (cancelled) {
            call.cancel();
        }
    }

    /** Breaks off the attempt under way; it closes its connection. */
    void cancel() {
        cancelled = true;
        HttpUriRequestBase call = current.get();
        if (call != null) {
            call.cancel();
        }
    }

    String describeTimeout() {
        return "schema registry gave no answer within %d ms (%s)"
                .formatted(settings.totalTimeout().toMillis(), lastFailure);
    }

    private Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
