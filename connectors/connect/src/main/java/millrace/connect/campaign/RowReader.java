package millrace.connect.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.catalog.CatalogReader;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogFiles;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.schemas.Campaign;

/**
 * The campaign in a row, whose JSON has the form of a campaign in a file of {@code millrace apply}. It is read and checked by what reads
 * those files (JSON is YAML), so a row and a file that say the same are the same.
 */
final class RowReader {
    private static final int MOST_CHARACTERS = 1 << 20;

    /** Amounts keep every digit. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final CatalogReader rules;

    RowReader(CatalogReader rules) {
        this.rules = rules;
    }

    /**
     * @param id the row's key, which is the campaign's id
     * @param json the column
     */
    Checked<Campaign> read(String id, String json) {
        String label = "row " + id;
        if (json.length() > MOST_CHARACTERS) {
            return invalid(label, "has " + json.length() + " characters; allowed are " + MOST_CHARACTERS);
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return invalid(label, "is not JSON: " + e.getOriginalMessage());
        }
        return tree instanceof ObjectNode object ? campaign(label, id, object) : invalid(label, "is no JSON object");
    }

    private Checked<Campaign> campaign(String label, String id, ObjectNode object) {
        if (object.has("removed")) {
            return invalid(label, "removed: delete the row instead");
        }
        JsonNode said = object.get("id");
        if (said != null && !said.asText().equals(id)) {
            return invalid(label, "id: is '" + said.asText() + "'; it has to be the row's id, or left out");
        }
        object.put("id", id);
        // A value must not name the variables of a process that it knows nothing of.
        CatalogFiles files = new CatalogFiles(rules, Map.of());
        ObjectNode file = JSON.createObjectNode();
        file.putArray("campaigns").add(object);
        files.add(label, file.toString());
        return switch (files.changes()) {
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) -> new Checked.Invalid<>(faults);
            case Checked.Valid<CatalogChanges>(CatalogChanges changes) -> {
                Optional<Campaign> record = changes.campaigns().getFirst().record();
                yield record.<Checked<Campaign>>map(Checked.Valid::new)
                        .orElseGet(() -> invalid(label, "holds no campaign"));
            }
        };
    }

    private static Checked<Campaign> invalid(String label, String message) {
        return new Checked.Invalid<>(new Fault(label, message));
    }
}
