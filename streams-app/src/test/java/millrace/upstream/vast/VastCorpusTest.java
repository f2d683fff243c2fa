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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.schemas.Media;
import millrace.schemas.MediaChoice;
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
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents and small worlds of others, with facts that an independent reader counted; read where they lie. */
@Tag("corpus")
class VastCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "vast");
    private static final VastAnswers RAW =
            new VastAnswers(MediaChoice.AS_LISTED, false, Beacons.NONE, VastVersion.V4_2);
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

    /** Well-formed VAST without a document type. */
    static Stream<Row> documents() {
        return rows("MANIFEST.tsv").stream()
                .filter(r -> r.get("file").equals("no corpus")
                        || (r.get("root").equals("VAST") && r.get("doctype").equals("no")));
    }

    static Stream<Row> others() {
        return rows("MANIFEST.tsv").stream()
                .filter(r -> !r.get("root").equals("VAST") || !r.get("doctype").equals("no"));
    }

    private static ParsedVast parse(Row row) throws IOException {
        return DocumentReader.read(Files.readAllBytes(CORPUS.resolve(row.get("file"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void countsAreThoseOfAnIndependentReader(Row row) throws IOException {
        VastDocument document = (VastDocument) parse(row);
        List<VastAd.InLine> inlines = all(document, VastAd.InLine.class);
        List<VastAd.Wrapper> wrappers = all(document, VastAd.Wrapper.class);
        List<Creative> creatives = new ArrayList<>();
        inlines.forEach(a -> creatives.addAll(a.creatives()));
        wrappers.forEach(a -> creatives.addAll(a.creatives()));
        List<Linear> linears =
                creatives.stream().flatMap(c -> c.linear().stream()).toList();

        Map<String, Object> ours = new TreeMap<>();
        ours.put("version", document.version());
        ours.put("ads", document.ads().size());
        ours.put("inline", inlines.size());
        ours.put("wrapper", wrappers.size());
        ours.put("errors_root", document.errors().size());
        ours.put(
                "impressions_nonempty",
                sum(inlines, a -> a.impressions().size())
                        + sum(wrappers, a -> a.impressions().size()));
        ours.put(
                "errors_ad",
                sum(inlines, a -> a.errors().size())
                        + sum(wrappers, a -> a.errors().size()));
        ours.put("creatives", creatives.size());
        ours.put("linears", linears.size());
        ours.put("mediafiles", sum(linears, l -> l.media().size()));
        ours.put("clickthrough", sum(linears, l -> l.clicks().through().isPresent() ? 1 : 0));
        ours.put("clicktracking", sum(linears, l -> l.clicks().tracking().size()));
        ours.put("tracking_linear", events(linears));

        Map<String, Object> theirs = new TreeMap<>();
        ours.keySet().forEach(k -> theirs.put(k, ours.get(k) instanceof Integer ? row.count(k) : row.get(k)));
        theirs.computeIfPresent("version", (k, v) -> v.equals("(absent)") ? "" : v);
        if (List.of("own_about_blank.xml", "eytest_test_vast.xml").contains(row.get("file"))) {
            // about:blank is counted there as a URL; it is none that may be called.
            theirs.put("impressions_nonempty", 0);
        }
        assertThat(ours).isEqualTo(theirs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void whatIsNotVastHasItsCode(Row row) throws IOException {
        assumeTrue(!row.get("file").equals("no corpus"));
        ParsedVast parsed = parse(row);
        if (row.get("file").equals("own_bad_leading_newline.xml")) {
            // White space before the declaration is forgiven, as the corpus recommends.
            assertThat(((VastDocument) parsed).ads()).hasSize(1);
            return;
        }
        if (row.get("file").equals("own_daast_10.xml") || row.get("root").equals("VMAP") || !row.get("breaks").isEmpty()) {
            assertThat(parsed).isNotInstanceOf(ParsedVast.Malformed.class);
            return;
        }
        int code =
                !row.get("wellformed").startsWith("yes") || row.get("doctype").equals("yes")
                        ? 100
                        : row.get("root").equals("VideoAdServingTemplate") ? 102 : 101;
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedVast.Malformed.class, m -> assertThat(m.code()).isEqualTo(code));
    }

    @Test
    void durationsAreReadAsTheCorpusSays() throws IOException {
        VastDocument document =
                (VastDocument) DocumentReader.read(Files.readAllBytes(CORPUS.resolve("own_durations.xml")));

        assertThat(all(document, VastAd.InLine.class).stream()
                        .map(a -> a.creatives().getFirst().linear().orElseThrow())
                        .map(l -> l.duration().map(Duration::toMillis).orElse(-1L)))
                .containsExactly(30_500L, 15_250L, 3_600_000L, 7000L, 30_000L, -1L, -1L, -1L, -1L);
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
                world, Runnable::run, timer, InstantSource.system(), VastLimits.defaults(), RAW, "Millrace/test");

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

    private static <T> List<T> all(VastDocument document, Class<T> kind) {
        return document.ads().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <T> int sum(List<T> items, Function<T, Integer> count) {
        return items.stream().mapToInt(count::apply).sum();
    }

    private static String events(List<Linear> linears) {
        Map<String, Integer> counts = new TreeMap<>();
        linears.forEach(l -> l.tracking().forEach(t -> counts.merge(t.event(), 1, Integer::sum)));
        return String.join(
                ";",
                counts.entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue())
                        .toList());
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
