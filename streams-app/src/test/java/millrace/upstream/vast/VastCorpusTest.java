package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import millrace.upstream.Ask;
import millrace.upstream.ErrorPing;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import millrace.upstream.replay.WorldFile;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.Verification;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Macros and small worlds of others, with what must come out; read where they lie. */
@Tag("corpus")
class VastCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "vast");
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS),
                () -> "no corpus at " + CORPUS.toAbsolutePath() + "; name its folder with -Dmillrace.corpus");
    }

    /** A row of a table by column. */
    record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        @Override
        public String toString() {
            return get("id");
        }
    }

    static Stream<Row> macros() {
        if (!Files.exists(CORPUS)) {
            return Stream.of(new Row(Map.of("id", "no corpus")));
        }
        try {
            List<String> lines = Files.readAllLines(CORPUS.resolve("macros.tsv"));
            String[] head = lines.getFirst().split("\t", -1);
            return lines.subList(1, lines.size()).stream().map(line -> row(head, line.split("\t", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String[] head, String[] cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < head.length && i < cells.length; i++) {
            row.put(head[i], cells[i]);
        }
        return new Row(row);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("macros")
    void macrosAreSubstitutedAsTheCorpusSays(Row row) throws IOException {
        assumeTrue(!row.get("id").equals("no corpus"));
        JsonNode values = JSON.readTree(row.get("values_json"));
        var call = new Ask().call();
        Macros registry = new RequestMacros(call.context(), call.request(), call.slot(), List.of(), "M");
        Macros macros = name -> {
            JsonNode value = values.get(name);
            if (value == null) {
                boolean foreign = registry.valueOf(name) instanceof MacroValue.Foreign;
                return foreign ? new MacroValue.Foreign() : new MacroValue.Unknown();
            }
            if (value.has("withheld")) {
                return new MacroValue.Withheld();
            }
            if (value.has("notApplicable")) {
                return new MacroValue.NotApplicable();
            }
            List<String> texts = new ArrayList<>();
            (value.isArray() ? value : List.of(value)).forEach(v -> texts.add(v.asText()));
            return MacroValue.of(texts);
        };

        assertThat(macros.expand(row.get("template"))).isEqualTo(row.get("expected"));
    }

    static List<Path> scenarios() throws IOException {
        if (!Files.exists(CORPUS)) {
            return List.of(Path.of("no corpus"));
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CORPUS.resolve("scenarios"), "*.json")) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void worldComesOutAsTheCorpusSays(Path file) throws IOException {
        // Given
        JsonNode expected = JSON.readTree(file.toFile()).get("expect");
        World world = WorldFile.read(file);
        ReplayExchange replay = new ReplayExchange(world, 5);
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        VastUpstream upstream = new VastUpstream(
                replay,
                Runnable::run,
                timer,
                InstantSource.system(),
                VastLimits.defaults(),
                VastAnswers.defaults(),
                "Millrace/test");

        // When
        VastOutcome outcome = upstream.outcome(Ask.upstream(world.startUrl()).call())
                .toCompletableFuture()
                .join();
        timer.shutdownNow();

        // Then
        assertThat(outcome.ads().isEmpty() ? "NO_AD" : "ADS")
                .isEqualTo(expected.get("outcome").asText());
        assertThat(outcome.documentError().orElse(0))
                .isEqualTo(expected.get("documentErrorCode").asInt());
        assertThat(outcome.ads()).hasSize(expected.get("ads").size());
        for (int i = 0; i < outcome.ads().size(); i++) {
            assertAd(outcome.ads().get(i), expected.get("ads").get(i));
        }
        assertThat(replay.asked())
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("httpGetsInOrder_setSemantics")));
        assertPings(outcome.pings().stream().map(ErrorPing::url).toList(), expected);
    }

    private static void assertPings(List<String> pings, JsonNode expected) {
        assertThat(pings)
                .containsAll(texts(expected.get("errorPings_required")))
                .doesNotHaveDuplicates();
        if (expected.has("errorPings_anyOf")) {
            assertThat(pings).containsAnyElementsOf(texts(expected.get("errorPings_anyOf")));
        } else {
            assertThat(pings).hasSameSizeAs(texts(expected.get("errorPings_required")));
        }
    }

    private static void assertAd(MergedAd merged, JsonNode expected) {
        assertThat(merged.ad().id()).isEqualTo(expected.get("id").asText());
        assertThat(merged.ad().sequence()).isEqualTo(expected.get("sequence").asInt());
        assertThat(urls(merged.ad().impressions()))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("impressions")));
        assertThat(merged.ad().errors()).containsExactlyInAnyOrderElementsOf(texts(expected.get("errors")));
        assertThat(urls(merged.linear().clicks().tracking()))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("clickTracking")));
        assertThat(urls(merged.linear().clicks().custom()))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("customClick")));
        assertThat(merged.linear().clicks().through().map(Link::url).orElse("null"))
                .isEqualTo(expected.get("clickThrough").asText());
        assertThat(merged.linear().media().stream().map(MediaFile::url))
                .containsExactlyElementsOf(texts(expected.get("mediaFiles")));
        assertThat(merged.linear().icons().stream().map(Icon::program))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("icons")));
        assertThat(merged.ad().definition().verifications().stream().map(Verification::vendor))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("verifications")));
        assertThat(merged.ad().definition().extensions().stream().map(Extension::type))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("extensions")));
        assertThat(merged.ad().definition().viewable().stream().flatMap(v -> v.viewable().stream()))
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("viewable")));
        assertThat(merged.ad().creatives().stream().flatMap(c -> c.companions().stream()))
                .hasSameSizeAs(texts(expected.get("companions_available")));
        expected.get("tracking")
                .properties()
                .forEach(e -> assertThat(merged.linear().tracking().stream()
                                .filter(t -> t.event().equals(e.getKey()))
                                .map(Tracking::url))
                        .as(e.getKey())
                        .containsExactlyInAnyOrderElementsOf(texts(e.getValue())));
        assertThat(merged.linear().tracking().stream().map(Tracking::event))
                .allSatisfy(
                        event -> assertThat(expected.get("tracking").has(event)).isTrue());
    }

    private static List<String> urls(List<Link> links) {
        return links.stream().map(Link::url).toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
