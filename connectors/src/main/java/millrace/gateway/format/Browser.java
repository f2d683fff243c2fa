package millrace.gateway.format;

import millrace.gateway.http.Call;
import org.jspecify.annotations.Nullable;

/** What a browser says of itself in headers. */
final class Browser {
    private static final int LONGEST_AGENT = 2048;

    private Browser() {}

    static @Nullable String agent(Call call) {
        return call.header("user-agent")
                .filter(agent -> agent.length() <= LONGEST_AGENT && !agent.isBlank())
                .orElse(null);
    }

    /** The first that it accepts, its two letters. */
    static @Nullable String language(Call call) {
        return call.header("accept-language")
                .map(languages -> languages.split("[,;-]", 2)[0].strip())
                .filter(language -> language.length() == 2 && language.chars().allMatch(c -> c >= 'a' && c <= 'z'))
                .orElse(null);
    }

    static @Nullable Integer doNotTrack(Call call) {
        return call.header("dnt")
                        .or(() -> call.header("sec-gpc"))
                        .filter("1"::equals)
                        .isPresent()
                ? 1
                : null;
    }
}
