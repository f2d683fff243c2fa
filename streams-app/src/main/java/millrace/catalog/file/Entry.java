package millrace.catalog.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import millrace.check.Fault;
import millrace.config.NearestName;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the file. Every value is asked for by its name in the file and the name of its field in the record, so that a fault
 * that is found in the record later is shown where its value stands in the file.
 */
final class Entry {
    private final Sheet sheet;
    private final Places places;
    private final MappingNode node;
    /** Before names in the file, and before names of fields: empty, or ending with a dot. */
    private final String path;

    private final String fieldPath;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Entry(Sheet sheet, Places places, MappingNode node, String path, String fieldPath) {
        this.sheet = sheet;
        this.places = places;
        this.node = node;
        this.path = path;
        this.fieldPath = fieldPath;
        node.getValue().forEach(this::take);
    }

    /** A record of its own, with places of its own. */
    static Entry record(Sheet sheet, MappingNode node) {
        return new Entry(sheet, new Places(sheet.where(node)), node, "", "");
    }

    private void take(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            sheet.fault(sheet.where(tuple.getKeyNode()), path + "a name is wanted here");
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            sheet.fault(sheet.where(key), path + key.getValue() + ": is there twice");
        }
    }

    Places places() {
        return places;
    }

    /** An entry of each of its names alone, with places of its own: whoever reads them knows none of the names before. */
    static Map<String, Entry> each(Sheet sheet, MappingNode node) {
        Map<String, Entry> each = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                sheet.fault(sheet.where(tuple.getKeyNode()), "a name is wanted here");
                continue;
            }
            MappingNode alone = new MappingNode(
                    node.getTag(), true, List.of(tuple), node.getFlowStyle(), key.getStartMark(), key.getEndMark());
            if (each.putIfAbsent(key.getValue(), record(sheet, alone)) != null) {
                sheet.fault(sheet.where(key), key.getValue() + ": is there twice");
            }
        }
        return each;
    }

    /** Reports every name that nothing asked for. */
    void nothingElse() {
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !asked.contains(key.getValue())) {
                sheet.fault(
                        sheet.where(key),
                        path + key.getValue() + ": is unknown" + NearestName.hint(key.getValue(), asked));
            }
        }
    }

    boolean has(String name) {
        asked.add(name);
        return values.containsKey(name);
    }

    /** A text that must be there. */
    String required(String name, String field) {
        return required(name, field, Function.identity()).orElse("");
    }

    /** A value that must be there. */
    <T> Optional<T> required(String name, String field, Function<String, T> parser) {
        if (node(name, field).isEmpty()) {
            sheet.fault(sheet.where(node), path + name + ": is missing");
            places.faulty(fieldPath + field);
        }
        return value(name, field, parser);
    }

    /** The value of this name also says another field. */
    void says(String name, String field) {
        node(name, field);
    }

    Optional<String> text(String name, String field) {
        return value(name, field, Function.identity());
    }

    /** @param parser its IllegalArgumentException says what is wanted */
    <T> Optional<T> value(String name, String field, Function<String, T> parser) {
        return node(name, field).flatMap(value -> scalar(value, path + name, fieldPath + field, parser));
    }

    List<String> texts(String name, String field) {
        return sequence(name, field).stream()
                .map(item -> scalar(item, path + name, fieldPath + field, Function.identity()))
                .flatMap(Optional::stream)
                .toList();
    }

    <T> List<T> values(String name, String field, Function<String, T> parser) {
        return sequence(name, field).stream()
                .map(item -> scalar(item, path + name, fieldPath + field, parser))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A mapping of any names to texts. */
    Map<String, String> table(String name, String field) {
        Map<String, String> table = new LinkedHashMap<>();
        entry(name, field).ifPresent(entry -> {
            entry.values.keySet().forEach(key -> entry.text(key, key).ifPresent(text -> table.put(key, text)));
            entry.nothingElse();
        });
        return table;
    }

    Optional<Entry> entry(String name, String field) {
        return node(name, field).flatMap(value -> nested(value, path + name, fieldPath + field));
    }

    <T> List<T> entries(String name, String field, Function<Entry, T> read) {
        List<Node> items = sequence(name, field);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String index = "[" + i + "]";
            places.put(fieldPath + field + index, sheet.where(items.get(i)), path + name + index);
            nested(items.get(i), path + name + index, fieldPath + field + index).ifPresent(entry -> {
                list.add(read.apply(entry));
                entry.nothingElse();
            });
        }
        return list;
    }

    private Optional<Node> node(String name, String field) {
        asked.add(name);
        Optional<Node> value = Optional.ofNullable(values.get(name)).filter(given -> !isNull(given));
        value.ifPresent(given -> places.put(fieldPath + field, sheet.where(given), path + name));
        return value;
    }

    private List<Node> sequence(String name, String field) {
        return node(name, field)
                .map(value -> {
                    if (value instanceof SequenceNode sequence) {
                        return sequence.getValue();
                    }
                    fault(value, path + name, fieldPath + field, "a list is wanted");
                    return List.<Node>of();
                })
                .orElse(List.of());
    }

    private Optional<Entry> nested(Node value, String name, String field) {
        if (value instanceof MappingNode mapping) {
            return Optional.of(new Entry(sheet, places, mapping, name + ".", field + "."));
        }
        fault(value, name, field, "names with values are wanted");
        return Optional.empty();
    }

    private <T> Optional<T> scalar(Node value, String name, String field, Function<String, T> parser) {
        if (!(value instanceof ScalarNode scalar)) {
            fault(value, name, field, "one value is wanted");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(Variables.replaced(scalar.getValue(), sheet.environment())));
        } catch (IllegalArgumentException e) {
            fault(value, name, field, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void fault(Node at, String name, String field, String message) {
        sheet.faults().add(new Fault(sheet.where(at), name + ": " + message));
        places.faulty(field);
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }
}
