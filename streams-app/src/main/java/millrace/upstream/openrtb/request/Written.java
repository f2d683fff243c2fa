package millrace.upstream.openrtb.request;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import millrace.upstream.openrtb.json.Json;
import org.jspecify.annotations.Nullable;

/** How attributes that may be absent are written: nothing rather than an empty list or text. */
final class Written {
    private static final int MICRO_DIGITS = 6;
    private static final int MILLIS = 1_000;

    private Written() {}

    static <T> @Nullable List<T> list(List<T> values) {
        return values.isEmpty() ? null : values;
    }

    static @Nullable BigDecimal decimal(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : BigDecimal.valueOf(value);
    }

    static BigDecimal price(long micros) {
        BigDecimal price = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }

    /** Whole seconds: a shortest time is not cut shorter. */
    static @Nullable Integer secondsAtLeast(@Nullable Integer millis) {
        return millis == null ? null : Integer.valueOf(Math.ceilDiv(millis, MILLIS));
    }

    /** Whole seconds: a longest time does not get longer. */
    static @Nullable Integer secondsAtMost(@Nullable Integer millis) {
        return millis == null ? null : Integer.valueOf(millis / MILLIS);
    }

    /** An extension, when it is the JSON object that it should be. */
    static @Nullable Json ext(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(Json::new)
                .filter(json -> json.tree().filter(tree -> tree.isObject()).isPresent())
                .orElse(null);
    }
}
