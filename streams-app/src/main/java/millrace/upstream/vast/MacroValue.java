package millrace.upstream.vast;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import millrace.upstream.http.PercentEncoding;

/** What a macro stands for (VAST 4.3, 6.1). */
sealed interface MacroValue {
    /** A value, or several of an array. */
    record Known(List<String> values) implements MacroValue {
        public Known {
            values = List.copyOf(values);
        }
    }

    /** One of the registry's, but nobody told us: {@code -1}. */
    record Unknown() implements MacroValue {}

    /** Known and kept back by policy: {@code -2}. */
    record Withheld() implements MacroValue {}

    /** Has no meaning here, such as the page of an app: {@code 0}. */
    record NotApplicable() implements MacroValue {}

    /** Not one that we know: left as it is. */
    record Foreign() implements MacroValue {}

    static MacroValue of(String value) {
        return new Known(List.of(value));
    }

    static MacroValue of(Optional<?> value) {
        return value.isPresent() && !value.get().toString().isBlank()
                ? of(value.get().toString())
                : new Unknown();
    }

    static MacroValue of(Collection<?> values) {
        return values.isEmpty()
                ? new Unknown()
                : new Known(values.stream().map(String::valueOf).toList());
    }

    /** As it stands in a URL: each value encoded, the commas between them not; empty leaves the macro alone. */
    default Optional<String> encoded() {
        return switch (this) {
            case Known known ->
                Optional.of(String.join(
                        ",",
                        known.values().stream().map(PercentEncoding::component).toList()));
            case Unknown unknown -> Optional.of("-1");
            case Withheld withheld -> Optional.of("-2");
            case NotApplicable notApplicable -> Optional.of("0");
            case Foreign foreign -> Optional.empty();
        };
    }
}
