package millrace.upstream;

import java.util.List;
import java.util.Map;

/**
 * What came of asking an upstream.
 *
 * <p>Cookies that hosts of the chain set are in every outcome (name to value), so that they can return to them; error
 * pings are URLs with macros substituted that somebody is owed a call to.
 */
public sealed interface Resolution {

    /** Cookies set on the way, name to value, already bounded in number and size. */
    Map<String, String> cookies();

    /** Owed error calls, each once. */
    List<ErrorPing> errorPings();

    /** Ads in the order of preference, at least one. */
    record Filled(List<ResolvedAd> ads, Map<String, String> cookies, List<ErrorPing> errorPings) implements Resolution {
        public Filled {
            ads = List.copyOf(ads);
            cookies = Map.copyOf(cookies);
            errorPings = List.copyOf(errorPings);
            if (ads.isEmpty()) {
                throw new IllegalArgumentException("ads is empty; Filled has at least one");
            }
        }
    }

    /** A proper answer without a usable ad. */
    record NoAd(String reason, Map<String, String> cookies, List<ErrorPing> errorPings) implements Resolution {
        public NoAd {
            cookies = Map.copyOf(cookies);
            errorPings = List.copyOf(errorPings);
        }
    }

    /** No proper answer. */
    record Failed(UpstreamFailure failure, Map<String, String> cookies, List<ErrorPing> errorPings)
            implements Resolution {
        public Failed {
            cookies = Map.copyOf(cookies);
            errorPings = List.copyOf(errorPings);
        }

        public Failed(UpstreamFailure failure) {
            this(failure, Map.of(), List.of());
        }
    }
}
