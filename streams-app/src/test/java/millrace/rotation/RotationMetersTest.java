package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import millrace.catalog.BreakerTerms;
import millrace.catalog.Supply;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.Test;

class RotationMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long nanos;

    @Test
    void choicesAndBreakersAreCounted() {
        Upstreams catalog = new Upstreams()
                .with(Bench.upstream(
                        "a",
                        Bench.breaking(new BreakerTerms(
                                1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty()))));
        Rotation rotation = Rotations.of(RotationSettings.USUAL, new RotationMeters(registry))
                .open(() -> nanos, Bench.random(1));
        Supply.Pooled pool = Bench.pool(SelectorKind.STICKY_USER, "a");

        rotation.choose(pool, catalog, new Somebody()).orElseThrow().dropped();
        assertThat(rotation.choose(pool, catalog, new Somebody())).isEmpty();
        assertThat(gauge("millrace.rotation.breakers.open")).isEqualTo(1);
        assertThat(gauge("millrace.rotation.breaker.open")).isEqualTo(1);
        nanos += Duration.ofSeconds(1).toNanos();
        rotation.choose(pool, catalog, new Somebody()).orElseThrow().success();

        assertThat(count("millrace.rotation.choices", "by", "fallback")).isEqualTo(2);
        assertThat(count("millrace.rotation.choices", "by", "nobody")).isEqualTo(1);
        assertThat(count("millrace.rotation.breakers", "became", "opened")).isEqualTo(1);
        assertThat(count("millrace.rotation.breakers", "became", "closed")).isEqualTo(1);
        assertThat(gauge("millrace.rotation.breakers.open")).isZero();
        assertThat(gauge("millrace.rotation.breaker.open")).isZero();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void eachChoiceIsALineAtDebug() {
        Upstreams catalog = new Upstreams().with("a", "b");
        Rotation rotation =
                Rotations.of(RotationSettings.USUAL, RotationListener.NOBODY).open(() -> nanos, Bench.random(1));
        try (Logged logged = new Logged(Rotation.class)) {
            rotation.choose(Bench.pool(SelectorKind.ROUND_ROBIN, "a", "b"), catalog, new Somebody());
            rotation.choose(Bench.pool(SelectorKind.LEAST_BUSY, "gone"), catalog, new Somebody());

            assertThat(logged.lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("DEBUG", "ROUND_ROBIN", "upstream=\"a\""),
                            line -> assertThat(line).contains("DEBUG", "LEAST_BUSY", "upstream=\"none\""));
        }
    }

    private double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }
}
