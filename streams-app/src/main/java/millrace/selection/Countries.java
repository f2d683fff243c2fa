package millrace.selection;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Country codes as campaigns write them: OpenRTB's are alpha-3, ours are alpha-2 (ISO 3166-1). */
public final class Countries {
    private static final Map<String, String> ALPHA_2_OF_3 = Stream.of(Locale.getISOCountries())
            .collect(Collectors.toUnmodifiableMap(
                    country -> Locale.of("", country).getISO3Country(), Function.identity()));

    private Countries() {}

    public static String alpha2(String code) {
        String upper = code.strip().toUpperCase(Locale.ROOT);
        return ALPHA_2_OF_3.getOrDefault(upper, upper);
    }
}
