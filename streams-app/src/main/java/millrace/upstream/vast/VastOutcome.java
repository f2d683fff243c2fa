package millrace.upstream.vast;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.vast.document.VastCode;

/**
 * What a chain has come to.
 *
 * @param ads usable, in playing order, spares last
 * @param pings owed, each URL once
 * @param documentError why the tag's own document could not be used, a VAST error code
 * @param trouble the first failure, else the first reason for no ad
 */
public record VastOutcome(
        List<MergedAd> ads, List<ErrorPing> pings, Optional<Trouble> trouble, OptionalInt documentError) {
    public VastOutcome {
        ads = List.copyOf(ads);
        pings = List.copyOf(pings);
    }

    /** Nothing could be asked, or nothing was in time. */
    static VastOutcome failed(UpstreamFailure failure) {
        Trouble why = Trouble.of(failure);
        return new VastOutcome(List.of(), List.of(), Optional.of(why), OptionalInt.of(why.code()));
    }

    Resolution resolution(Shape shape, Map<String, String> cookies) {
        if (!ads.isEmpty()) {
            return new Resolution.Filled(ads.stream().map(shape::of).toList(), cookies, pings);
        }
        Trouble why = trouble.orElse(Trouble.of(VastCode.NO_AD, "no ad"));
        return why.failure()
                .<Resolution>map(f -> new Resolution.Failed(f, cookies, pings))
                .orElseGet(() -> new Resolution.NoAd(why.text(), cookies, pings));
    }
}
