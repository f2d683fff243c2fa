package millrace.upstream.openrtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.BidResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of others with the verdict of an independent reader; read where they lie. */
@Tag("corpus")
class OpenRtbCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "openrtb");
    private static final Pattern LISTED = Pattern.compile("(Bid(?:Request|Response)[A-Za-z0-9_.\\[\\]]*): [a-z]");

    private static final OpenRtb OPEN_RTB = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);

    record Row(String file, String kind, String valid, String why) {
        static Row of(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(cells[0], cells[1], cells[2], cells[3]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS),
                () -> "no corpus at " + CORPUS.toAbsolutePath() + "; name its folder with -Dmillrace.corpus");
    }

    static List<Row> rows() {
        if (!Files.exists(CORPUS)) {
            return List.of(new Row("no corpus", "", "", ""));
        }
        try {
            return Files.readAllLines(CORPUS.resolve("MANIFEST.tsv")).stream()
                    .skip(1)
                    .map(Row::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verdictIsThatOfTheManifest(Row row) throws IOException {
        List<Fault> faults = faults(row);

        // "policy" and "context" fit the specification; who pairs them, or is stricter, may object.
        assertThat(faults.isEmpty())
                .as(faults.toString())
                .isEqualTo(!row.valid().equals("no"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyFaultThatTheManifestNamesIsFoundAtItsPath(Row row) throws IOException {
        if (row.valid().equals("no")) {
            List<String> paths = faults(row).stream().map(Fault::where).toList();

            assertThat(paths)
                    .containsAll(LISTED.matcher(row.why())
                            .results()
                            .map(match -> match.group(1))
                            .toList());
        }
    }

    @Test
    void modelHasEveryAttributeOfTheFieldList() throws IOException {
        Path fields = CORPUS.resolve("../../reference/openrtb26-fields.tsv").normalize();
        assumeTrue(Files.exists(fields), () -> "no field list at " + fields);
        List<String> ours = Shapes.of(Shape.of(BidRequest.class), Shape.of(BidResponse.class)).stream()
                .flatMap(shape -> shape.attributes().stream().map(a -> shape.name() + "." + a.name()))
                .toList();

        assertThat(ours)
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(fields).stream()
                        .skip(1)
                        .map(line -> line.split("\t", -1))
                        .map(cells -> cells[0] + "." + cells[1])
                        .toList());
    }

    private List<Fault> faults(Row row) throws IOException {
        byte[] bytes = Files.readAllBytes(CORPUS.resolve(row.file()));
        Checked<?> checked = row.kind().equals("request")
                ? OPEN_RTB.requests().check(bytes)
                : OPEN_RTB.responses().check(bytes);
        return switch (checked) {
            case Checked.Valid<?> valid -> List.of();
            case Checked.Invalid<?> invalid -> invalid.faults();
        };
    }
}
