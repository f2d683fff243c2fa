package millrace.rotation;

import static millrace.rotation.Bench.upstream;
import static millrace.schemas.SelectorKind.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.BidderTerms;
import millrace.catalog.BreakerTerms;
import millrace.catalog.PoolRules;
import millrace.catalog.RotationTerms;
import millrace.catalog.Supply;
import millrace.catalog.UpstreamConfig;
import millrace.rotation.RotationListener.Chooser;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final BreakerTerms QUICK =
            new BreakerTerms(50, 4, Duration.ofSeconds(10), Duration.ofSeconds(5), Optional.empty());

    private final Bench bench = new Bench(1);

    @Test
    void upstreamThatFailsIsLeftAloneAndTriedByARealRequest() {
        bench.catalog.with(upstream("bad", Bench.breaking(QUICK))).with("good");
        Supply.Pooled pool = Bench.pool(ROUND_ROBIN, "bad", "good");
        fail("bad", 4);
        assertThat(bench.heard).containsExactly("bad opened");

        assertThat(bench.shares(pool, 100)).containsOnlyKeys("good");

        bench.pass(Duration.ofSeconds(5));
        UpstreamLease trial = bench.lease(Bench.pool(ROUND_ROBIN, "bad"));
        assertThat(bench.lease(Bench.pool(ROUND_ROBIN, "bad"), Somebody.ANYBODY))
                .as("one trial")
                .isEmpty();
        trial.success();
        assertThat(bench.heard).containsExactly("bad opened", "bad closed");
        assertThat(bench.shares(pool, 100)).containsKeys("bad", "good");
    }

    @Test
    void whatOnePartitionHasLearntHoldsForAllOfTheProcess() {
        bench.catalog.with(upstream("bad", Bench.breaking(QUICK)));
        Rotation other = bench.another(2);
        fail("bad", 4);

        assertThat(other.choose(Bench.pool(ROUND_ROBIN, "bad"), bench.catalog, Somebody.ANYBODY))
                .isEmpty();
    }

    @Test
    void anotherAddressIsAnotherUpstream() {
        bench.catalog.with(upstream("bad", Bench.breaking(QUICK)));
        fail("bad", 4);
        UpstreamConfig moved = upstream("bad", Bench.breaking(QUICK));
        bench.catalog.with(new UpstreamConfig(
                "bad",
                "https://moved.example/",
                moved.timeout(),
                1,
                moved.headers(),
                moved.params(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                moved.rotation(),
                new millrace.catalog.Auth.None()));

        assertThat(bench.lease(Bench.pool(ROUND_ROBIN, "bad"), Somebody.ANYBODY))
                .isPresent();
    }

    @Test
    void poolThatNamesNoFiltersAsksWhomeverItHas() {
        bench.catalog.with(upstream("bad", Bench.breaking(QUICK)));
        fail("bad", 4);
        Supply.Pooled bold =
                new Supply.Pooled(List.of("bad"), new PoolRules(ROUND_ROBIN, Optional.empty(), List.of(), false));

        bench.pass(Duration.ofSeconds(5));
        bench.lease(Bench.pool(ROUND_ROBIN, "bad"));

        UpstreamLease beside = bench.lease(bold);
        beside.success();

        assertThat(bench.heard).as("the trial alone decides").containsExactly("bad opened");
    }

    @Test
    void rateIsKeptAndTheOthersGetTheRest() {
        bench.catalog.with(upstream("few", Bench.perSecond(10))).with("many");
        Supply.Pooled pool = Bench.pool(ROUND_ROBIN, "few", "many");
        int few = 0;

        for (int i = 0; i < 10_000; i++) {
            bench.pass(Duration.ofMillis(1));
            few += bench.lease(pool).upstream().id().equals("few") ? 1 : 0;
        }

        assertThat(few).as("ten seconds").isBetween(99, 102);
    }

    @Test
    void rateIsThatOfTheProcessWhicheverPartitionAsks() {
        bench.catalog.with(upstream("few", Bench.perSecond(10)));
        Rotation other = bench.another(2);
        Supply.Pooled pool = Bench.pool(ROUND_ROBIN, "few");
        int few = 0;

        for (int i = 0; i < 10_000; i++) {
            bench.pass(Duration.ofMillis(1));
            Rotation asked = i % 2 == 0 ? bench.rotation : other;
            few += asked.choose(pool, bench.catalog, Somebody.ANYBODY).isPresent() ? 1 : 0;
        }

        assertThat(few).isBetween(99, 102);
    }

    @Test
    void countryAndRegionDecideWhoMayServe() {
        bench.catalog
                .with(upstream("de", Bench.serving(Set.of("DE"), Set.of())))
                .with(upstream("by", Bench.serving(Set.of("DE"), Set.of("BY"))))
                .with(upstream("fr", Bench.serving(Set.of("FR", "BE"), Set.of())));
        Supply.Pooled pool = Bench.pool(ROUND_ROBIN, "de", "by", "fr");

        assertThat(askedFrom(pool, "DE", "BY")).containsExactlyInAnyOrder("de", "by");
        assertThat(askedFrom(pool, "DE", "HH")).containsExactly("de");
        assertThat(askedFrom(pool, "BE", "")).containsExactly("fr");
        assertThat(askedFrom(pool, "US", "BY")).isEmpty();
        assertThat(askedFrom(pool, "", "")).as("nobody knows where").isEmpty();
    }

    @Test
    void poolSaysWhetherAnybodyServesThoseWhomNobodyServes() {
        bench.catalog.with(upstream("de", Bench.serving(Set.of("DE"), Set.of())));
        Supply.Pooled pool = Bench.anywhere(ROUND_ROBIN, "de");

        assertThat(askedFrom(pool, "US", "")).containsExactly("de");
        assertThat(bench.choosers).containsKey(Chooser.ANYWHERE);
        assertThat(bench.lease(pool, Somebody.whom(Set.of("de")).in("US", "")))
                .as("it has failed")
                .isEmpty();
    }

    @Test
    void bidderIsNeverAskedForADocument() {
        UpstreamConfig tag = upstream("up", RotationTerms.USUAL);
        bench.catalog.with(new UpstreamConfig(
                "bidder",
                tag.url(),
                tag.timeout(),
                1,
                tag.headers(),
                tag.params(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(BidderTerms.USUAL)));

        assertThat(bench.lease(Bench.pool(ROUND_ROBIN, "bidder"), Somebody.ANYBODY))
                .isEmpty();
    }

    private Set<String> askedFrom(Supply.Pooled pool, String country, String region) {
        Set<String> asked = new java.util.TreeSet<>();
        for (int i = 0; i < 6; i++) {
            bench.lease(pool, new Somebody().in(country, region))
                    .ifPresent(lease -> asked.add(lease.upstream().id()));
        }
        return asked;
    }

    private void fail(String upstream, int times) {
        Supply.Pooled alone = Bench.pool(ROUND_ROBIN, upstream);
        for (int i = 0; i < times; i++) {
            bench.lease(alone).dropped();
        }
    }
}
