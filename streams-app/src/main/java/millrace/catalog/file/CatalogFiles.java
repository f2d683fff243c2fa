package millrace.catalog.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import millrace.catalog.CatalogReader;
import millrace.catalog.file.CatalogChanges.Change;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.NearestName;
import millrace.schemas.Campaign;
import millrace.schemas.CurrencyRates;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads catalog files, one after the other, and says everything that is wrong with all of them together. For one thread. */
public final class CatalogFiles {
    private static final int MAX_CHARACTERS = 64 << 20;
    private static final List<String> SECTIONS = List.of("placements", "upstreams", "campaigns", "conversions");

    private final CatalogReader rules;
    private final Map<String, String> environment;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> firstPlaces = new HashMap<>();
    private final List<Change<Placement>> placements = new ArrayList<>();
    private final List<Change<Upstream>> upstreams = new ArrayList<>();
    private final List<Change<Campaign>> campaigns = new ArrayList<>();
    private final List<Change<CurrencyRates>> rates = new ArrayList<>();

    /** @param environment what {@code ${NAME}} in a value stands for */
    public CatalogFiles(CatalogReader rules, Map<String, String> environment) {
        this.rules = rules;
        this.environment = environment;
    }

    /** @param label the file's name, for messages */
    public void add(String label, String text) {
        Sheet sheet = new Sheet(label, environment);
        try {
            for (Node document : new Compose(settings(label)).composeAllFromString(text)) {
                document(document, sheet);
            }
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse(label);
            sheet.fault(where, "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            sheet.fault(label, "is not YAML: " + e.getMessage());
        }
        faults.addAll(sheet.faults());
    }

    /** A file that could not even be opened. */
    public void addUnreadable(String label, String reason) {
        faults.add(new Fault(label, reason));
    }

    public Checked<CatalogChanges> changes() {
        return faults.isEmpty()
                ? new Checked.Valid<>(new CatalogChanges(placements, upstreams, campaigns, rates))
                : new Checked.Invalid<>(faults);
    }

    private static LoadSettings settings(String label) {
        return LoadSettings.builder()
                .setLabel(label)
                .setCodePointLimit(MAX_CHARACTERS)
                // Refused here, where the line can be said.
                .setAllowNonScalarKeys(true)
                .build();
    }

    private void document(Node document, Sheet sheet) {
        if (!(document instanceof MappingNode mapping)) {
            sheet.fault(sheet.where(document), "wanted here are " + String.join(", ", SECTIONS));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            switch (name) {
                case "placements" ->
                    records(tuple, sheet, placements, "placement", RecordEntries::placement, rules::placement);
                case "upstreams" ->
                    records(tuple, sheet, upstreams, "upstream", RecordEntries::upstream, rules::upstream);
                case "campaigns" ->
                    records(tuple, sheet, campaigns, "campaign", RecordEntries::campaign, rules::campaign);
                case "conversions" -> conversions(tuple, sheet);
                default ->
                    sheet.fault(
                            sheet.where(tuple.getKeyNode()),
                            "'" + name + "' is unknown; wanted is one of " + String.join(", ", SECTIONS)
                                    + NearestName.hint(name, SECTIONS));
            }
        }
    }

    private <R> void records(
            NodeTuple section,
            Sheet sheet,
            List<Change<R>> into,
            String kind,
            BiFunction<String, Entry, R> read,
            Function<R, ? extends Checked<?>> check) {
        if (!(section.getValueNode() instanceof SequenceNode sequence)) {
            sheet.fault(sheet.where(section.getValueNode()), "a list of " + kind + "s is wanted");
            return;
        }
        for (Node item : sequence.getValue()) {
            if (item instanceof MappingNode mapping) {
                record(Entry.record(sheet, mapping), sheet, kind, read, check).ifPresent(into::add);
            } else {
                sheet.fault(sheet.where(item), "a " + kind + " is wanted: names with values");
            }
        }
    }

    private <R> Optional<Change<R>> record(
            Entry entry,
            Sheet sheet,
            String kind,
            BiFunction<String, Entry, R> read,
            Function<R, ? extends Checked<?>> check) {
        int before = sheet.faults().size();
        String id = entry.required("id", "id");
        once(entry, sheet, kind, id);
        boolean removed = entry.value("removed", "removed", Scalars::flag).orElse(false);
        Optional<R> record = removed ? Optional.empty() : Optional.of(read.apply(id, entry));
        entry.nothingElse();
        record.ifPresent(value -> check(value, entry.places(), sheet, check));
        named(sheet.faults(), before, kind + " " + id);
        return sheet.faults().size() == before ? Optional.of(new Change<>(id, record)) : Optional.empty();
    }

    /** Rates as files of rates have them: from, to, what one unit is worth. A currency with none loses those it has. */
    private void conversions(NodeTuple section, Sheet sheet) {
        if (!(section.getValueNode() instanceof MappingNode mapping)) {
            sheet.fault(
                    sheet.where(section.getValueNode()), "rates by currency are wanted here, such as EUR: {USD: 1.10}");
            return;
        }
        Entry.each(sheet, mapping).forEach((currency, entry) -> {
            int before = sheet.faults().size();
            once(entry, sheet, "rates of", currency);
            CurrencyRates record = new CurrencyRates(currency, entry.table(currency, "rates"));
            if (!record.getRates().isEmpty()) {
                check(record, entry.places(), sheet, rules::rates);
            }
            if (sheet.faults().size() == before) {
                rates.add(new Change<>(
                        currency,
                        Optional.of(record).filter(some -> !some.getRates().isEmpty())));
            }
        });
    }

    private void once(Entry entry, Sheet sheet, String kind, String id) {
        String here = entry.places().record();
        String first = firstPlaces.putIfAbsent(kind + " " + id, here);
        if (first != null && !id.isEmpty()) {
            sheet.fault(here, "id: is there already, at " + first);
        }
    }

    private static <R> void check(R value, Places places, Sheet sheet, Function<R, ? extends Checked<?>> check) {
        if (check.apply(value) instanceof Checked.Invalid<?>(List<Fault> found)) {
            found.stream()
                    .filter(fault -> !places.isFaulty(fault.where()))
                    .map(places::inFile)
                    .forEach(sheet.faults()::add);
        }
    }

    /** Says of each fault whose it is. */
    private static void named(List<Fault> faults, int from, String whose) {
        faults.subList(from, faults.size())
                .replaceAll(fault -> new Fault(fault.where(), whose.strip() + ", " + fault.message()));
    }
}
