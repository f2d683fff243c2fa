package millrace.upstream.vast.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VastTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents of others, with facts that an independent reader counted; read where they lie. Where we differ, and why, is
 * said here and in docs/vast.md.
 */
@Tag("corpus")
class DocumentCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "vast");

    /** Facts that we count otherwise, by file: docs/vast.md has the reasons. */
    private static final Map<String, Map<String, String>> DEVIATIONS = Map.of(
            "own_about_blank.xml", Map.of("impressions_nonempty", "0"),
            "eytest_test_vast.xml", Map.of("impressions_nonempty", "0"),
            "own_daast_10.xml", Map.of("adtypes", "audio", "clickthrough", "1", "clicktracking", "1"));

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS),
                () -> "no corpus at " + CORPUS.toAbsolutePath() + "; name its folder with -Dmillrace.corpus");
    }

    record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        String file() {
            return get("file");
        }

        @Override
        public String toString() {
            return file();
        }
    }

    static List<Row> rows() throws IOException {
        Path manifest = CORPUS.resolve("MANIFEST.tsv");
        if (!Files.exists(manifest)) {
            return List.of(new Row(Map.of("file", "no corpus")));
        }
        List<String> lines = Files.readAllLines(manifest);
        String[] head = lines.getFirst().split("\t", -1);
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < head.length && i < cells.length; i++) {
                row.put(head[i], cells[i]);
            }
            rows.add(new Row(row));
        }
        return rows;
    }

    /** Those that the independent reader could count in. */
    static Stream<Row> counted() throws IOException {
        return rows().stream()
                .filter(row -> !row.get("ads").isEmpty() && !row.get("doctype").equals("yes"));
    }

    static Stream<Row> notCounted() throws IOException {
        return rows().stream()
                .filter(row -> row.get("ads").isEmpty() || row.get("doctype").equals("yes"));
    }

    private static ParsedVast read(Row row) throws IOException {
        return DocumentReader.read(Files.readAllBytes(CORPUS.resolve(row.file())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counted")
    void factsAreThoseOfAnIndependentReader(Row row) throws IOException {
        SortedMap<String, String> ours = Facts.of(read(row));

        SortedMap<String, String> theirs = new TreeMap<>();
        ours.keySet().forEach(column -> theirs.put(column, expected(row, column)));
        theirs.putAll(DEVIATIONS.getOrDefault(row.file(), Map.of()));
        assertThat(ours).isEqualTo(theirs);
    }

    private static String expected(Row row, String column) {
        String cell = row.get(column);
        return switch (column) {
            case "version" -> cell.equals("(absent)") ? "" : cell;
            case "durations" ->
                Stream.of(cell.split(",", -1))
                        .flatMap(text -> VastTime.parse(text).stream())
                        .map(d -> d.toMillis() + "")
                        .collect(Collectors.joining(","));
            case "wrapper_attrs" -> attributes(row);
            default -> cell;
        };
    }

    /** The manifest lists what is written, in any order; for several wrappers too. */
    private static String attributes(Row row) {
        int wrappers = Integer.parseInt(row.get("wrapper"));
        String written = row.get("wrapper_attrs");
        String one = flag(written, "followAdditionalWrappers", "true") + ","
                + flag(written, "allowMultipleAds", "false") + "," + flag(written, "fallbackOnNoAd", "-");
        return String.join(" | ", Collections.nCopies(wrappers, one));
    }

    private static String flag(String written, String name, String otherwise) {
        return Stream.of(written.split(" ", -1))
                .filter(a -> a.startsWith(name + "="))
                .map(a -> a.endsWith("=1") || a.endsWith("=true") ? "true" : "false")
                .findFirst()
                .orElse(otherwise);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notCounted")
    void whatCannotBeCountedHasItsCode(Row row) throws IOException {
        assumeTrue(!row.file().equals("no corpus"));
        ParsedVast parsed = read(row);
        if (row.file().equals("own_bad_leading_newline.xml")) {
            // White space before the declaration is forgiven, as the corpus recommends.
            assertThat(Facts.of(parsed)).containsEntry("ads", "1");
            return;
        }
        assertThat(Facts.of(parsed)).containsEntry("code", code(row));
    }

    private static String code(Row row) {
        if (!row.get("wellformed").startsWith("yes") || row.get("doctype").equals("yes")) {
            return "100";
        }
        return row.get("root").equals("VideoAdServingTemplate") ? "102" : "101";
    }

    @Test
    void durationsAreReadAsTheCorpusSays() throws IOException {
        byte[] bytes = Files.readAllBytes(CORPUS.resolve("own_durations.xml"));

        VastDocument document = (VastDocument) DocumentReader.read(bytes);
        assertThat(document.ads().stream()
                        .flatMap(ad -> ((VastAd.Usable) ad).linears())
                        .map(l -> l.duration().map(Duration::toMillis).orElse(-1L)))
                .containsExactly(30_500L, 15_250L, 3_600_000L, 7000L, 30_000L, -1L, -1L, -1L, -1L);
    }
}
