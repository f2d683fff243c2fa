package millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import millrace.config.Config;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** Names of nodes, stores and topics are part of the state that a deployment has: changing one loses what it remembers. */
class TopologyNamesTest {
    private final TopologyDescription description =
            Blueprint.topology(Config.defaults()).describe();

    @Test
    void topologyIsTheOneThatIsWrittenDown() throws IOException {
        try (InputStream file = TopologyNamesTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(file).isNotNull();
            String written = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(description.toString().strip()).isEqualTo(written.strip());
        }
    }

    @Test
    void decisionPathAndLedgerAreTheOnlySubTopologies() {
        assertThat(description.subtopologies()).hasSize(2);
        assertThat(description.globalStores()).hasSize(4);
    }
}
