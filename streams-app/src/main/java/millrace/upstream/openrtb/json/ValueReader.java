package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is not an object. Nothing is made to fit: a number in quotes is no number. Null stands for a wrong type. For one thread. */
final class ValueReader {
    /** A number that is longer, or has more zeros, is nobody's price; arithmetic with it would be somebody's attack. */
    private static final int DIGITS = 40;

    private final JsonParser parser;

    ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    @Nullable
    String text(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    @Nullable
    Integer integer(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT
                ? (Integer) parser.getIntValue()
                : null;
    }

    @Nullable
    BigDecimal decimal(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            return null;
        }
        BigDecimal number = parser.getDecimalValue();
        return number.precision() <= DIGITS && Math.abs((long) number.scale()) <= DIGITS ? number : null;
    }

    @Nullable
    List<String> texts() throws IOException {
        List<String> list = new ArrayList<>(4);
        boolean right = true;
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            String text = text(token);
            if (text == null) {
                right = false;
                parser.skipChildren();
            } else {
                list.add(text);
            }
            token = parser.nextToken();
        }
        return right ? List.copyOf(list) : null;
    }

    @Nullable
    List<Integer> integers() throws IOException {
        List<Integer> list = new ArrayList<>(4);
        boolean right = true;
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            Integer number = integer(token);
            if (number == null) {
                right = false;
                parser.skipChildren();
            } else {
                list.add(number);
            }
            token = parser.nextToken();
        }
        return right ? List.copyOf(list) : null;
    }
}
