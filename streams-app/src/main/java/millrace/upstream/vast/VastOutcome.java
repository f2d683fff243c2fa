package millrace.upstream.vast;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.vast.document.VastCode;

/**
 * What a chain has come to.
 *
 * @param ads usable, in playing order, spares last
 * @param pings owed, each URL once
 * @param trouble the first failure, else the first reason for no ad
 */
record VastOutcome(List<ResolvedAd> ads, List<ErrorPing> pings, Optional<Trouble> trouble) {
    VastOutcome {
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
