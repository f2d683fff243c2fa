package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import millrace.catalog.PoolRules;
import millrace.catalog.RetryTerms;
import millrace.catalog.Supply;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.rotation.RotationListener.Chooser;
import millrace.rotation.plugin.Candidates;
import millrace.rotation.plugin.FilterPlugin;
import millrace.rotation.plugin.PoolFilter;
import millrace.rotation.plugin.PoolSelector;
import millrace.rotation.plugin.PoolView;
import millrace.rotation.plugin.SelectorPlugin;
import millrace.schemas.SelectorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors and filters of others: found, used, and kept from doing harm. */
class PluginsTest {
    private static final Path EXAMPLE = Path.of("../examples/plugin/src/main");

    @TempDir
    private Path folder;

    /**
     * SC-010: the documented example, compiled as somebody else would, from a jar and a class loader of its own, in a rotation. What loading costs is printed, and bounded in
     * processor time of this thread, which other work on the machine does not lengthen.
     */
    @Test
    void sc010ExampleIsCompiledLoadedWithinASecondAndUsed() throws IOException {
        Path jar = PluginJar.of(EXAMPLE, folder);
        var thread = ManagementFactory.getThreadMXBean();
        long cpu = thread.getCurrentThreadCpuTime();
        long begun = System.nanoTime();

        Plugins plugins = loaded(PluginJars.load("rotation.plugins", List.of(jar)));

        long spent = thread.getCurrentThreadCpuTime() - cpu;
        System.out.printf(
                "SC-010: plugins loaded in %.1f ms, %.1f ms of processor time%n",
                (System.nanoTime() - begun) / 1e6, spent / 1e6);
        assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(1));
        assertThat(plugins.names()).hasToString("most-reliable, not-busy");
        assertThat(Objects.requireNonNull(plugins.selectors().get("most-reliable"))
                        .getClass()
                        .getClassLoader())
                .isNotSameAs(PluginsTest.class.getClassLoader());

        Bench bench = new Bench(1, plugins);
        bench.catalog.with("a", "b");
        Supply.Pooled pool = pool("most-reliable", Optional.empty(), List.of("health", "not-busy"));
        bench.lease(pool).dropped();
        assertThat(bench.shares(pool, 50)).containsExactly(entry("b", 50));
        for (int i = 0; i < 100; i++) {
            assertThat(bench.lease(pool).upstream().id()).isEqualTo("b");
        }
        assertThat(bench.lease(pool).upstream().id())
                .as("b has as many calls out as not-busy lets it have")
                .isEqualTo("a");
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void folderOfJarsIsOnePlaceAndWhatIsWrongIsToldAtOnce() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.move(PluginJar.of(EXAMPLE, folder), plugins.resolve("example.jar"));
        assertThat(loaded(PluginJars.load("rotation.plugins", List.of(plugins)))
                        .names()
                        .filters())
                .containsExactly("not-busy");

        Path text = Files.writeString(folder.resolve("text.jar"), "this is no jar");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path gone = folder.resolve("gone.jar");
        assertThat(faults(PluginJars.load("rotation.plugins", List.of(text, empty, gone, plugins, plugins))))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).contains("text.jar", "cannot be read"),
                        fault -> assertThat(fault).contains("empty", "is neither a jar"),
                        fault -> assertThat(fault).contains("gone.jar", "cannot be read"),
                        fault -> assertThat(fault).contains("'most-reliable', and another has that name"),
                        fault -> assertThat(fault).contains("'not-busy', and another has that name"));
    }

    @Test
    void pluginThatCannotBeLoadedOrIsMisnamedIsRefusedAtStart() throws IOException {
        Path jar = PluginJar.of(
                folder,
                Map.of(
                        "bad.Broken",
                        "public Broken() { throw new StackOverflowError(\"at once\"); } public String name() { return \"broken\"; }",
                        "bad.Ours",
                        "public String name() { return \"fastest\"; }",
                        "bad.Shouting",
                        "public String name() { return \"LOUD\"; }",
                        "bad.Nameless",
                        "public String name() { return null; }"),
                "bad.Missing");

        assertThat(faults(PluginJars.load("rotation.plugins", List.of(jar))).toString())
                .contains("bad.Broken", "StackOverflowError", "bad.Missing")
                .contains("bad.Ours is named 'fastest', and another has that name")
                .contains("bad.Shouting has a name that is not")
                .contains("bad.Nameless has a name that is not");
    }

    static Stream<PoolSelector> misbehaving() {
        return Stream.of(
                says("exception", _ -> {
                    throw new IllegalStateException("no idea");
                }),
                says("stack used up", PluginsTest::forEver),
                says("not linked", _ -> {
                    throw new NoClassDefFoundError("its/Library");
                }),
                says("no memory", _ -> {
                    throw new OutOfMemoryError("too much");
                }),
                says("outside", candidates -> candidates.size()),
                says("negative", _ -> -7),
                says("not eligible", _ -> 2),
                says("looks outside", candidates -> (int) candidates.active(99)),
                says("checked", _ -> PluginsTest.<RuntimeException, Integer>thrown(new IOException("sneaked"))));
    }

    @ParameterizedTest
    @MethodSource
    void misbehaving(PoolSelector selector) {
        Bench bench = new Bench(1, selecting((_, _) -> selector));
        bench.catalog.with("a", "b");
        Supply.Pooled pool = pool("theirs", Optional.empty(), PoolRules.USUAL_FILTERS, "a", "b", "gone");

        assertThat(bench.shares(pool, 10)).as("round robin, its fallback").containsOnly(entry("a", 5), entry("b", 5));

        assertThat(bench.heard).hasSize(10).allSatisfy(line -> assertThat(line).startsWith("theirs: "));
        assertThat(bench.choosers).containsExactly(entry(Chooser.FALLBACK, 10));
    }

    @Test
    void oneThatCannotBeOpenedOrOpensNothingIsAFailureToo() {
        for (SelectorPlugin plugin : List.<SelectorPlugin>of(
                theirs((_, _) -> thrown(new IllegalArgumentException("not this pool"))), theirs((_, _) -> nothing()))) {
            Bench bench = new Bench(1, new Plugins(Map.of("theirs", plugin), Map.of()));
            bench.catalog.with("a", "b");

            assertThat(bench.shares(pool("theirs", Optional.of(SelectorKind.RANDOM), List.of()), 4))
                    .isNotEmpty();

            assertThat(bench.heard).hasSize(4);
        }
    }

    @Test
    void whatItThrowsWhenItLearnsChangesNothing() {
        Bench bench = new Bench(1, selecting((_, _) -> new PoolSelector() {
            @Override
            public int select(Candidates candidates) {
                return 0;
            }

            @Override
            public void taken(int place) {
                throw new IllegalStateException("taken");
            }

            @Override
            public void learnt(PoolView pool, int place) {
                throw new IllegalStateException("learnt");
            }
        }));
        bench.catalog.with("a", "b");

        assertThat(bench.shares(pool("theirs", Optional.empty(), List.of()), 3)).containsExactly(entry("a", 3));

        assertThat(bench.heard).hasSize(6);
        assertThat(bench.rotation.counts("a")).isEqualTo(new UpstreamCounts(0, 3, 0));
    }

    @Test
    void oneThatFailsTooOftenIsLeftAloneForAWhileAndThenTriedAgain() {
        boolean[] isBroken = {true};
        Bench bench = new Bench(1, selecting((_, _) -> candidates -> {
            if (isBroken[0]) {
                throw new IllegalStateException("broken");
            }
            return 0;
        }));
        bench.catalog.with("a", "b");
        Supply.Pooled pool = pool("theirs", Optional.empty(), List.of());

        bench.shares(pool, 100);
        assertThat(bench.heard).hasSize(20);

        isBroken[0] = false;
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.shares(pool, 10)).containsExactly(entry("a", 10));
    }

    @Test
    void filterThatFailsAnswersAsItSaidItWould() {
        Supply.Pooled pool = pool("", Optional.empty(), List.of("health", "theirs"));
        for (boolean lets : List.of(true, false)) {
            Bench bench = new Bench(1, filtering(lets, (_, _) -> {
                throw new LinkageError("no library");
            }));
            bench.catalog.with("a", "b");

            assertThat(bench.lease(pool, Somebody.ANYBODY).isPresent()).isEqualTo(lets);

            assertThat(bench.heard)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("no library"));
        }
    }

    @Test
    void filterSeesWhereTheUserIsAndWhatIsKnownOfTheUpstream() {
        Bench bench = new Bench(
                1,
                filtering(
                        true,
                        (pool, place) -> pool.country().equals("DE")
                                ? pool.upstream(place).equals("b")
                                : pool.failed(place) == 0));
        bench.catalog.with("a", "b");
        Supply.Pooled pool = pool("", Optional.empty(), List.of("theirs"));

        Asker inGermany = new Somebody().in("DE", "");
        assertThat(bench.lease(pool, inGermany).orElseThrow().upstream().id()).isEqualTo("b");
        bench.lease(pool).dropped();
        assertThat(bench.shares(pool, 5)).containsExactly(entry("b", 5));
        assertThat(bench.heard).isEmpty();
    }

    @Test
    @SuppressWarnings("OverrideThrowableToString") // As somebody else may.
    void failuresAreCountedAndOneInTenSecondsIsLogged() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        long[] nanos = {0};
        RotationMeters meters = new RotationMeters(registry, () -> nanos[0]);
        try (Logged logged = new Logged(RotationMeters.class)) {
            for (int i = 0; i < 1000; i++) {
                meters.pluginFailed("theirs", new IllegalStateException("broken"));
            }
            nanos[0] = Duration.ofSeconds(10).toNanos();
            meters.pluginFailed("theirs", new IllegalStateException("broken") {
                @Override
                public String toString() {
                    throw new IllegalStateException("even this");
                }
            });

            assertThat(registry.get("millrace.rotation.plugin.failures")
                            .tag("plugin", "theirs")
                            .counter()
                            .count())
                    .isEqualTo(1001);
            assertThat(logged.lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("plugin=\"theirs\"", "failures=\"1\"", "broken"),
                            line -> assertThat(line).contains("plugin=\"theirs\"", "failures=\"1000\""));
        }
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static int forEver(Candidates candidates) {
        return forEver(candidates) + 1;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable, T> T thrown(Throwable e) throws E {
        throw (E) e;
    }

    @SuppressWarnings("NullAway") // What nobody should return.
    private static PoolSelector nothing() {
        return null;
    }

    /** With a name for the test's report. */
    private static PoolSelector says(String name, PoolSelector selector) {
        return new PoolSelector() {
            @Override
            public int select(Candidates candidates) {
                return selector.select(candidates);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    private interface Opening {
        PoolSelector open(List<String> upstreams, RandomGenerator random);
    }

    private static SelectorPlugin theirs(Opening opening) {
        return new SelectorPlugin() {
            @Override
            public String name() {
                return "theirs";
            }

            @Override
            public PoolSelector open(List<String> upstreams, RandomGenerator random) {
                return opening.open(upstreams, random);
            }
        };
    }

    private static Plugins selecting(Opening opening) {
        return new Plugins(Map.of("theirs", theirs(opening)), Map.of());
    }

    private static Plugins filtering(boolean letsWhenBroken, PoolFilter filter) {
        FilterPlugin plugin = new FilterPlugin() {
            @Override
            public String name() {
                return "theirs";
            }

            @Override
            public PoolFilter open(List<String> upstreams) {
                return filter;
            }
        };
        return new Plugins(Map.of(), Map.of("theirs", new Plugins.OfFilter(plugin, letsWhenBroken, true)));
    }

    private static Supply.Pooled pool(String plugin, Optional<SelectorKind> fallback, List<String> filters) {
        return pool(plugin, fallback, filters, "a", "b");
    }

    private static Supply.Pooled pool(
            String plugin, Optional<SelectorKind> fallback, List<String> filters, String... upstreams) {
        return new Supply.Pooled(
                List.of(upstreams),
                new PoolRules(
                        SelectorKind.ROUND_ROBIN,
                        Optional.of(plugin).filter(name -> !name.isEmpty()),
                        fallback,
                        filters,
                        false,
                        RetryTerms.NONE,
                        false));
    }

    private static Plugins loaded(Checked<Plugins> loading) {
        return switch (loading) {
            case Checked.Valid<Plugins>(Plugins plugins) -> plugins;
            case Checked.Invalid<Plugins>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static List<String> faults(Checked<Plugins> loading) {
        return switch (loading) {
            case Checked.Valid<Plugins>(Plugins plugins) -> throw new AssertionError("loaded " + plugins.names());
            case Checked.Invalid<Plugins>(List<Fault> faults) ->
                faults.stream().map(Fault::toString).toList();
        };
    }
}
