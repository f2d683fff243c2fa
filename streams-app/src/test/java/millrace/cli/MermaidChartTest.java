package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.topics.Topics;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.junit.jupiter.api.Test;

class MermaidChartTest {
    private final Topology topology = new Topology()
            .addSource("requests", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "ad-requests");

    @Test
    void globalStoresAreDrawnWithTheirTopics() {
        try (Wire wire = Wire.open(RegistrySettings.of("mock://chart"))) {
            CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));
            new CatalogTopics(Topics.plain(), new LiveCatalog(), refusal -> {})
                    .addTo(topology, CatalogTopics.Readers.over(wire, rules, why -> false));
        }

        String chart = new MermaidChart().of(topology.describe());

        assertThat(chart)
                .contains("[\"global\"]")
                .contains("[\"campaigns-catalog\"]")
                .contains("[(\"campaigns\")]")
                .contains("[/\"campaigns\"/]");
        assertThat(chart).isEqualTo(new MermaidChart().of(topology.describe()));
    }

    @Test
    void sinkThatChoosesItsTopicIsDrawnUnderItsOwnName() {
        TopicNameExtractor<byte[], byte[]> chosen = (key, value, context) -> "anywhere";
        topology.addSink("replies", chosen, new ByteArraySerializer(), new ByteArraySerializer(), "requests");

        assertThat(new MermaidChart().of(topology.describe())).contains("[/\"replies\"/]");
    }
}
