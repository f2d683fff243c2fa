package millrace.upstream.vast.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** Every inline ad of the corpus, written anew, against the IAB's schemas. There is none of 4.3. */
@Tag("corpus")
class MergedCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "vast");

    private static final Map<VastVersion, String> SCHEMAS =
            Map.of(VastVersion.V4_0, "vast4.xsd", VastVersion.V4_1, "vast_4.1.xsd", VastVersion.V4_2, "vast_4.2.xsd");

    /** What others wrote and the schema forbids is kept all the same; docs/vast-chains.md says why. */
    private static final Set<String> FOREIGN = Set.of(
            // An Error URL with a macro in its path, which is no anyURI.
            "dm_sample.xml",
            // A CreativeExtension of text.
            "own_43_full_inline.xml");

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS),
                () -> "no corpus at " + CORPUS.toAbsolutePath() + "; name its folder with -Dmillrace.corpus");
    }

    @ParameterizedTest
    @EnumSource(
            value = VastVersion.class,
            names = {"V4_0", "V4_1", "V4_2"})
    void everyInlineAdIsValidAgainstTheSchemaOfItsVersion(VastVersion version) throws IOException, SAXException {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CORPUS.resolve("xsd").resolve(SCHEMAS.get(version)).toFile());
        List<String> invalid = new ArrayList<>();
        int ads = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CORPUS, "*.xml")) {
            for (Path file : files) {
                for (VastAd.InLine ad : inlines(file)) {
                    ads++;
                    Optional<String> fault = fault(schema, ad, version);
                    if (fault.isPresent()
                            && !FOREIGN.contains(file.getFileName().toString())) {
                        invalid.add(file.getFileName() + ": " + fault.get());
                    }
                }
            }
        }

        assertThat(invalid).isEmpty();
        assertThat(ads).isGreaterThan(60);
    }

    /** Those that could be resolved: an ad without a creative never is. */
    private static List<VastAd.InLine> inlines(Path file) throws IOException {
        return DocumentReader.read(Files.readAllBytes(file), DocumentLimits.defaults()) instanceof VastDocument document
                ? document.ads().stream()
                        .filter(VastAd.InLine.class::isInstance)
                        .map(VastAd.InLine.class::cast)
                        .filter(ad -> !ad.creatives().isEmpty())
                        .toList()
                : List.of();
    }

    private static Optional<String> fault(Schema schema, VastAd.InLine ad, VastVersion version) throws IOException {
        Beacons beacons = new Beacons(Optional.of("https://beacons.example/e"));
        String element =
                AdMarkup.of(ad, version, beacons, UnaryOperator.identity()).issued("token", 1);
        String document = VastWriter.document(List.of(element), version);
        try {
            schema.newValidator().validate(new StreamSource(new StringReader(document)));
            return Optional.empty();
        } catch (SAXException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
