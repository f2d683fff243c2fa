package millrace.upstream.openrtb.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Country codes as OpenRTB writes them: alpha-3. Ours may be alpha-2 (ISO 3166-1). */
final class Countries {
    private static final Map<String, String> ALPHA_3_OF_2 = Arrays.stream(Locale.getISOCountries())
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), country -> Locale.of("", country).getISO3Country()));

    private Countries() {}

    static @Nullable String alpha3(@Nullable String code) {
        return code == null ? null : ALPHA_3_OF_2.getOrDefault(code.toUpperCase(Locale.ROOT), code);
    }
}
