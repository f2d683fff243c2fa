package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import millrace.upstream.Ask;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import millrace.upstream.replay.WorldFile;
import millrace.upstream.vast.writer.AdMarkup;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.writer.VastWriter;
import millrace.upstream.vast.writer.VmapWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/**
 * What comes out of chains, as documents, against the IAB's schemas, which are read where they lie. There is none of VAST 4.3.
 * What needs no schema is in {@link MergedAdTest}.
 */
@Tag("corpus")
class MergedSchemaTest {
    private static final Path CORPUS = Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "vast");
    private static final Path OWN = Path.of("src/test/resources/vast/worlds");
    private static final Map<VastVersion, String> SCHEMAS = Map.of(
            VastVersion.V2_0,
            "vast_2.0.1.xsd",
            VastVersion.V3_0,
            "vast3_draft.xsd",
            VastVersion.V4_0,
            "vast4.xsd",
            VastVersion.V4_1,
            "vast_4.1.xsd",
            VastVersion.V4_2,
            "vast_4.2.xsd");

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS),
                () -> "no corpus at " + CORPUS.toAbsolutePath() + "; name its folder with -Dmillrace.corpus");
    }

    private static Map<String, World> worlds() throws IOException {
        Map<String, World> worlds = new TreeMap<>();
        worlds.put("merge", MergedAdTest.world());
        for (Path folder : List.of(OWN, CORPUS.resolve("scenarios"))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : files) {
                    worlds.put(file.toString(), WorldFile.read(file));
                }
            }
        }
        return worlds;
    }

    private static List<MergedAd> resolved(World world) {
        try (var timer = Executors.newScheduledThreadPool(1)) {
            VastUpstream upstream = new VastUpstream(
                    new ReplayExchange(world, 5),
                    Runnable::run,
                    timer,
                    InstantSource.system(),
                    VastLimits.defaults(),
                    VastAnswers.defaults(),
                    "M/1");
            VastOutcome outcome = upstream.outcome(
                            Ask.upstream(world.startUrl()).call())
                    .toCompletableFuture()
                    .join();
            timer.shutdownNow();
            return outcome.ads();
        }
    }

    private static List<String> elements(List<MergedAd> ads, VastVersion version) {
        Beacons beacons = new Beacons(Optional.of("https://beacons.example/e"));
        return ads.stream()
                .map(merged -> AdMarkup.of(merged.ad(), version, beacons, UnaryOperator.identity())
                        .issued("token", merged.ad().sequence()))
                .toList();
    }

    private static Schema vast(VastVersion version) throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CORPUS.resolve("xsd").resolve(SCHEMAS.get(version)).toFile());
    }

    /** An Extension of somebody else stays as it came, with attributes that the schemas do not know: docs/vast-chains.md says why. */
    private static String withoutForeign(String document) {
        return document.replaceAll(" x:level=\"[^\"]*\"", "");
    }

    private static Optional<String> fault(Schema schema, String document) throws IOException {
        try {
            schema.newValidator().validate(new StreamSource(new StringReader(withoutForeign(document))));
            return Optional.empty();
        } catch (SAXException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VastVersion.class,
            names = {"V2_0", "V3_0", "V4_0", "V4_1", "V4_2"})
    void whatComesOfEveryChainIsValidInTheVersionAsked(VastVersion version) throws IOException, SAXException {
        Schema schema = vast(version);
        List<String> invalid = new ArrayList<>();
        int documents = 0;
        for (Map.Entry<String, World> world : worlds().entrySet()) {
            List<MergedAd> ads = resolved(world.getValue());
            if (!ads.isEmpty()) {
                documents++;
                fault(schema, VastWriter.document(elements(ads, version), version))
                        .ifPresent(fault -> invalid.add(world.getKey() + ": " + fault));
            }
        }

        assertThat(invalid).isEmpty();
        assertThat(documents).isGreaterThanOrEqualTo(14);
    }

    /** The schema of VMAP wants VAST 3 in a namespace that VAST 3 is not in, so its own part is looked at alone. */
    @Test
    void scheduleOfThemIsValidAroundValidDocuments() throws IOException, SAXException {
        List<MergedAd> ads = resolved(MergedAdTest.world());
        List<String> elements = elements(ads, VastVersion.V4_2);
        String schedule = VmapWriter.document(
                List.of(
                        new VmapWriter.Entry("pre", "start", elements),
                        new VmapWriter.Entry("mid", "00:10:00", elements),
                        new VmapWriter.Entry("none", "#1", List.of()),
                        new VmapWriter.Entry("post", "end", elements)),
                VastVersion.V4_2);
        Pattern inside = Pattern.compile("<VAST .*?</VAST>", Pattern.DOTALL);

        List<String> documents =
                inside.matcher(schedule).results().map(found -> found.group()).toList();
        assertThat(documents).hasSize(3);
        for (String document : documents) {
            assertThat(fault(vast(VastVersion.V4_2), document)).isEmpty();
        }
        String around = inside.matcher(schedule).replaceAll("<v:VAST xmlns:v='http://www.iab.net/videosuite/vast'/>");
        assertThat(fault(vmap(), around)).isEmpty();
        assertThat(fault(vmap(), around.replace("breakType=", "type=")))
                .as("the schema is one that refuses")
                .isPresent();
    }

    private static Schema vmap() throws SAXException, IOException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        String any = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'"
                + " targetNamespace='http://www.iab.net/videosuite/vast'><xs:element name='VAST'/></xs:schema>";
        String whole = Files.readString(CORPUS.resolve("xsd").resolve("vmap.xsd"));
        // Without the place of the import, the schema beside it is taken.
        String vmap = whole.replace("schemaLocation=\"vast3_draft.xsd\"", "");
        return factory.newSchema(
                new Source[] {new StreamSource(new StringReader(any)), new StreamSource(new StringReader(vmap))});
    }
}
