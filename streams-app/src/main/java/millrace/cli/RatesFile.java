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
import millrace.catalog.RateReader;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.money.Rates;
import millrace.schemas.CurrencyRates;
import millrace.upstream.openrtb.json.Limits;

/** Currency rates as {@code {"conversions": {"EUR": {"USD": 1.10}}}}: from, to, what one unit is worth. */
final class RatesFile {
    private static final int MOST_DIGITS = 40;
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
            String where = file + " conversions." + from.getKey();
            if (!from.getValue().isObject()) {
                faults.add(new Fault(where, "is no object of rates"));
                return;
            }
            Map<String, String> rates = new HashMap<>();
            from.getValue().properties().forEach(to -> rates.put(to.getKey(), text(to.getValue())));
            switch (RateReader.read(new CurrencyRates(from.getKey(), rates))) {
                case Checked.Valid<millrace.catalog.CurrencyRates>(var read) ->
                    conversions.put(read.currency(), read.rates());
                case Checked.Invalid<millrace.catalog.CurrencyRates>(List<Fault> found) ->
                    found.forEach(fault -> faults.add(
                            new Fault(where + fault.where().replaceFirst("^(rates|currency)", ""), fault.message())));
            }
        });
        if (!faults.isEmpty()) {
            throw CommandFailure.invalid(faults, "no auction was held");
        }
        return new Rates(conversions);
    }

    /** As it stands there, but for an exponent. */
    private static String text(JsonNode rate) {
        if (!rate.isNumber()) {
            return rate.toString();
        }
        BigDecimal number = rate.decimalValue();
        boolean isShort = number.scale() >= 0 && number.scale() <= MOST_DIGITS;
        return isShort ? number.toPlainString() : number.toString();
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
