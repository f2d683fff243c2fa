package millrace.upstream.vast;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastCode;

/** What a chain does next. */
sealed interface VastStep {

    /** Ask for this URL, then tell {@code then} what came. */
    record Get(Url url, VastChain then) implements VastStep {}

    /**
     * Nothing more to ask.
     *
     * @param trouble why there is no ad; absent when there is one
     */
    record Done(List<ResolvedAd> ads, List<ErrorPing> pings, Optional<Trouble> trouble) implements VastStep {
        public Done {
            ads = List.copyOf(ads);
            pings = List.copyOf(pings);
        }

        Resolution resolution(Map<String, String> cookies) {
            if (!ads.isEmpty()) {
                return new Resolution.Filled(ads, cookies, pings);
            }
            Trouble why = trouble.orElse(Trouble.of(VastCode.NO_AD, "no ad"));
            return why.failure()
                    .<Resolution>map(f -> new Resolution.Failed(f, cookies, pings))
                    .orElseGet(() -> new Resolution.NoAd("VAST " + why.code() + ": " + why.reason(), cookies, pings));
        }
    }

    /**
     * Why an ad came to nothing.
     *
     * @param failure present when an answer failed, absent when it was proper but of no use
     */
    record Trouble(int code, String reason, Optional<UpstreamFailure> failure) {
        static Trouble of(int code, String reason) {
            return new Trouble(code, reason, Optional.empty());
        }

        static Trouble of(int code, UpstreamFailure failure) {
            return new Trouble(code, failure.message(), Optional.of(failure));
        }
    }
}
