package millrace.wire;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Brings a topic's schema into the registry at start: looked up first, so that a restart changes nothing and needs no right to write;
 * else tested, then registered. While the registry is away it tries again and says so, one line a try.
 */
final class SchemaRegistration {

    private static final Backoff PAUSE = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    /** Waits; apart so that tests need not. */
    @FunctionalInterface
    interface Pause {
        void take(Duration duration) throws InterruptedException;
    }

    private final SchemaRegistry registry;
    private final RegistrationPolicy policy;
    private final Consumer<String> progress;
    private final Pause pause;
    private final LongSupplier nanoTime;

    SchemaRegistration(
            SchemaRegistry registry,
            RegistrationPolicy policy,
            Consumer<String> progress,
            Pause pause,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.policy = policy;
        this.progress = progress;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /**
     * @return the schema's id
     * @throws RegistryException of the kind that says what to change; {@link RegistryException.Unavailable} after the policy's time
     */
    int register(String topic, Schema schema) {
        String subject = SchemaIds.subject(topic);
        long end = nanoTime.getAsLong() + policy.giveUpAfter().toNanos();
        for (int failures = 1; ; failures++) {
            try {
                return registerNow(subject, schema);
            } catch (RegistryException.Unavailable e) {
                Duration wait = PAUSE.after(failures, ThreadLocalRandom.current());
                if (nanoTime.getAsLong() + wait.toNanos() - end > 0) {
                    throw new RegistryException.Unavailable("%s is not available, given up after %d attempts: %s"
                            .formatted(registry, failures, e.getMessage()));
                }
                progress.accept("waiting for %s (attempt %d failed, next in %d ms): %s"
                        .formatted(registry, failures, wait.toMillis(), e.getMessage()));
                rest(wait);
            }
        }
    }

    private int registerNow(String subject, Schema schema) {
        try {
            return registry.lookUp(subject, schema);
        } catch (RegistryException.Unknown e) {
            if (!policy.autoRegister()) {
                throw new RegistryException.Unknown(
                        "subject %s does not have the schema of %s, and registering it is switched off (%s)"
                                .formatted(subject, schema.getFullName(), e.getMessage()));
            }
        }
        if (registry.test(subject, schema) instanceof Compatibility.Incompatible(var reasons)) {
            throw incompatible(subject, schema, () -> String.join("; ", reasons));
        }
        try {
            return registry.register(subject, schema);
        } catch (RegistryException.Incompatible e) {
            throw incompatible(subject, schema, () -> String.valueOf(e.getMessage()));
        }
    }

    private RegistryException.Incompatible incompatible(String subject, Schema schema, Supplier<String> said) {
        return new RegistryException.Incompatible("subject %s refuses the schema of %s, which is not %s compatible: %s"
                .formatted(subject, schema.getFullName(), registry.level(subject), said.get()));
    }

    private void rest(Duration wait) {
        try {
            pause.take(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("interrupted while waiting for " + registry);
        }
    }
}
