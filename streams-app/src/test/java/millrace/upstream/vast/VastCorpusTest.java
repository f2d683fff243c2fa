package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.Ask;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Macros and small worlds of others, with facts that an independent reader counted; read where they lie. */
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

    /** A row of the manifest by column. */
    record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        int count(String column) {
            return get(column).isEmpty() ? 0 : Integer.parseInt(get(column));
        }

        @Override
        public String toString() {
            return get("file") + get("id");
        }
    }

    static List<Row> rows(String file) {
        if (!Files.exists(CORPUS)) {
            return List.of(new Row(Map.of("file", "no corpus")));
        }
        try {
            List<String> lines = Files.readAllLines(CORPUS.resolve(file));
            String[] head = lines.getFirst().split("\t", -1);
            List<Row> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < head.length && i < cells.length; i++) {
                    row.put(head[i], cells[i]);
                }
                rows.add(new Row(row));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Row> macros() {
        return rows("macros.tsv").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("macros")
    void macrosAreSubstitutedAsTheCorpusSays(Row row) throws IOException {
        assumeTrue(!row.get("file").equals("no corpus"));
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
        JsonNode scenario = JSON.readTree(file.toFile());
        JsonNode expected = scenario.get("expect");
        World world = new World(scenario.get("http"));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        VastUpstream upstream = new VastUpstream(
                world, Runnable::run, timer, InstantSource.system(), VastLimits.defaults(), "Millrace/test");

        // When
        Resolution resolution = upstream.resolve(
                        Ask.upstream(scenario.get("startUrl").asText()).call())
                .toCompletableFuture()
                .join();
        timer.shutdownNow();

        // Then
        List<ResolvedAd> ads = resolution instanceof Resolution.Filled filled ? filled.ads() : List.of();
        assertThat(ads).hasSize(expected.get("ads").size());
        for (int i = 0; i < ads.size(); i++) {
            assertAd(ads.get(i), expected.get("ads").get(i));
        }
        assertThat(world.asked)
                .containsExactlyInAnyOrderElementsOf(texts(expected.get("httpGetsInOrder_setSemantics")));
        List<String> pings =
                resolution.errorPings().stream().map(ErrorPing::url).toList();
        assertThat(pings)
                .containsAll(texts(expected.get("errorPings_required")))
                .doesNotHaveDuplicates();
        if (expected.has("errorPings_anyOf")) {
            assertThat(pings).containsAnyElementsOf(texts(expected.get("errorPings_anyOf")));
        } else {
            assertThat(pings).hasSameSizeAs(texts(expected.get("errorPings_required")));
        }
    }

    private static void assertAd(ResolvedAd ad, JsonNode expected) {
        assertThat(ad.adId().orElse("")).isEqualTo(expected.get("id").asText());
        assertThat(urls(ad, "impression")).containsExactlyInAnyOrderElementsOf(texts(expected.get("impressions")));
        assertThat(urls(ad, "error")).containsExactlyInAnyOrderElementsOf(texts(expected.get("errors")));
        assertThat(urls(ad, "click")).containsExactlyInAnyOrderElementsOf(texts(expected.get("clickTracking")));
        assertThat(ad.clickThrough().orElse("null"))
                .isEqualTo(expected.get("clickThrough").asText());
        assertThat(ad.media().stream().map(Media::getUrl)).containsExactlyElementsOf(texts(expected.get("mediaFiles")));
        expected.get("tracking")
                .properties()
                .forEach(e -> assertThat(urls(ad, e.getKey()))
                        .as(e.getKey())
                        .containsExactlyInAnyOrderElementsOf(texts(e.getValue())));
    }

    private static List<String> urls(ResolvedAd ad, String event) {
        return ad.trackers().stream()
                .filter(t -> t.getEvent().equals(event))
                .map(Tracker::getUrl)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }

    /** Plays a scenario's pages back; redirects are followed as the real exchange does. */
    private static final class World implements HttpExchange {
        private final JsonNode pages;
        private final List<String> asked = new CopyOnWriteArrayList<>();

        World(JsonNode pages) {
            this.pages = pages;
        }

        @Override
        public CompletableFuture<HttpOutcome> exchange(HttpCall call) {
            return CompletableFuture.completedFuture(answer(call.url(), 0));
        }

        private HttpOutcome answer(Url url, int redirects) {
            asked.add(url.toString());
            JsonNode page = pages.get(url.toString());
            if (page.path("timeout").asBoolean()) {
                return new HttpOutcome.Broken(new UpstreamFailure.TimedOut("timeout"));
            }
            int status = page.get("status").asInt();
            String location = page.path("headers").path("Location").asText();
            if (status / 100 != 3) {
                byte[] body = page.path("body").asText().getBytes(StandardCharsets.UTF_8);
                return new HttpOutcome.Reply(status, HttpHeaders.none(), body, url);
            }
            if (redirects == 5) {
                return new HttpOutcome.Broken(new UpstreamFailure.HttpStatus(status, "redirects"));
            }
            try {
                return answer(url.resolve(location), redirects + 1);
            } catch (Url.Refusal e) {
                return new HttpOutcome.Broken(new UpstreamFailure.Refused("refused"));
            }
        }
    }
}
