package millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.check.Fault;
import millrace.upstream.openrtb.auction.Rates;
import millrace.upstream.openrtb.json.Limits;

/** Currency rates as {@code {"conversions": {"EUR": {"USD": 1.10}}}}: from, to, what one unit is worth. */
final class RatesFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RatesFile() {}

    static Rates read(Path file) {
        JsonNode root = tree(file);
        List<Fault> faults = new ArrayList<>();
        Map<String, Map<String, BigDecimal>> conversions = new HashMap<>();
        if (!root.path("conversions").isObject()) {
            faults.add(new Fault(file.toString(), "has no object 'conversions'"));
        }
        root.path("conversions").properties().forEach(from -> {
            if (!from.getValue().isObject()) {
                faults.add(new Fault(file + " conversions." + from.getKey(), "is no object of rates"));
            }
            from.getValue().properties().forEach(to -> {
                if (to.getValue().isNumber() && to.getValue().decimalValue().signum() > 0) {
                    conversions
                            .computeIfAbsent(from.getKey(), unknown -> new HashMap<>())
                            .put(to.getKey(), to.getValue().decimalValue());
                } else {
                    faults.add(new Fault(
                            file + " conversions." + from.getKey() + "." + to.getKey(),
                            "is " + to.getValue() + "; a rate is a number above 0"));
                }
            });
        });
        if (!faults.isEmpty()) {
            throw CommandFailure.invalid(faults, "no auction was held");
        }
        return new Rates(conversions);
    }

    private static JsonNode tree(Path file) {
        try {
            return JSON.readTree(MessageFile.read(file, Limits.USUAL.bytes()));
        } catch (JsonProcessingException e) {
            throw CommandFailure.invalid(
                    List.of(new Fault(file.toString(), "is not JSON: " + e.getOriginalMessage())),
                    "no auction was held");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }
}
