package millrace.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** Draws a topology: topics as slanted boxes, processors as boxes, stores as drums. The same topology always gives the same text. */
final class MermaidChart {
    private final StringBuilder out = new StringBuilder("flowchart LR\n");
    private final StringBuilder arrows = new StringBuilder();
    private final Map<String, String> ids = new LinkedHashMap<>();

    String of(TopologyDescription topology) {
        topology.subtopologies().stream()
                .sorted(Comparator.comparingInt(Subtopology::id))
                .forEach(this::subtopology);
        topology.globalStores().stream()
                .sorted(Comparator.comparing(
                        (GlobalStore store) -> store.source().name()))
                .forEach(this::global);
        return out.append(arrows).toString();
    }

    private void subtopology(Subtopology sub) {
        out.append("  subgraph s")
                .append(sub.id())
                .append("[\"sub-topology ")
                .append(sub.id())
                .append("\"]\n");
        sub.nodes().stream().sorted(Comparator.comparing(Node::name)).forEach(node -> {
            if (node instanceof Processor processor) {
                processor(processor);
            }
        });
        out.append("  end\n");
        sub.nodes().stream().sorted(Comparator.comparing(Node::name)).forEach(this::edges);
    }

    private void global(GlobalStore store) {
        out.append("  subgraph g").append(store.id()).append("[\"global\"]\n");
        processor(store.processor());
        out.append("  end\n");
        store.source().topicSet().stream()
                .sorted()
                .forEach(topic -> arrow(topic(topic), id(store.processor().name())));
    }

    private void processor(Processor processor) {
        out.append("    ")
                .append(id(processor.name()))
                .append("[\"")
                .append(processor.name())
                .append("\"]\n");
        processor.stores().stream().sorted().forEach(store -> {
            String drum = id("store " + store);
            out.append("    ").append(drum).append("[(\"").append(store).append("\")]\n");
            arrows.append("  ")
                    .append(id(processor.name()))
                    .append(" --- ")
                    .append(drum)
                    .append('\n');
        });
    }

    private void edges(Node node) {
        switch (node) {
            case Source source ->
                source.topicSet().stream().sorted().forEach(topic -> successors(topic(topic), source));
            case Processor processor -> successors(id(processor.name()), processor);
            default -> {
                // A sink has no successors; its arrows are drawn from the others.
            }
        }
    }

    private void successors(String from, Node node) {
        node.successors().stream()
                .sorted(Comparator.comparing(Node::name))
                .forEach(next -> arrow(from, next instanceof Sink sink ? sinkTopic(sink) : id(next.name())));
    }

    /** A sink that chooses its topic record by record has none to show. */
    private String sinkTopic(Sink sink) {
        return topic(Optional.ofNullable(sink.topic()).orElse(sink.name()));
    }

    private String topic(String name) {
        boolean isNew = !ids.containsKey("topic " + name);
        String id = id("topic " + name);
        if (isNew) {
            out.append("  ").append(id).append("[/\"").append(name).append("\"/]\n");
        }
        return id;
    }

    private void arrow(String from, String to) {
        arrows.append("  ").append(from).append(" --> ").append(to).append('\n');
    }

    private String id(String name) {
        return ids.computeIfAbsent(name, _ -> "n" + ids.size());
    }
}
