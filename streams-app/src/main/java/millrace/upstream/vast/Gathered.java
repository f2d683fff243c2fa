package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import millrace.upstream.ErrorPing;
import millrace.upstream.ResolvedAd;
import millrace.upstream.http.Url;

/**
 * What a chain has come to so far.
 *
 * @param ads usable, in order
 * @param pings owed, each URL once
 * @param pinged the templates of those pings
 * @param trouble the first failure, else the first reason for no ad
 */
record Gathered(List<ResolvedAd> ads, List<ErrorPing> pings, Set<String> pinged, Optional<VastStep.Trouble> trouble) {
    /** Most pings of one resolution: a hostile document must not make a flood of us. */
    private static final int MAX_PINGS = 100;

    static final Gathered NOTHING = new Gathered(List.of(), List.of(), Set.of(), Optional.empty());

    Gathered {
        ads = List.copyOf(ads);
        pings = List.copyOf(pings);
        pinged = Set.copyOf(pinged);
    }

    Gathered with(ResolvedAd ad) {
        return new Gathered(Stream.concat(ads.stream(), Stream.of(ad)).toList(), pings, pinged, trouble);
    }

    /** With the trouble, and calls owed to these Error templates with its code. */
    Gathered with(VastStep.Trouble why, Macros macros, Stream<String> templates) {
        List<ErrorPing> owed = new ArrayList<>(pings);
        Set<String> known = new java.util.HashSet<>(pinged);
        Macros coded = macros.withErrorCode(why.code());
        templates.forEach(template -> {
            if (owed.size() < MAX_PINGS && known.add(template)) {
                String url = coded.expand(template);
                // Longer than any URL that is asked for, so nobody could ever call it.
                if (url.length() <= Url.MAX_LENGTH) {
                    owed.add(new ErrorPing(url, why.code()));
                }
            }
        });
        boolean tellsMore = trouble.isEmpty()
                || (trouble.get().failure().isEmpty() && why.failure().isPresent());
        return new Gathered(ads, owed, known, tellsMore ? Optional.of(why) : trouble);
    }

    VastStep.Done done() {
        return new VastStep.Done(ads, pings, trouble);
    }
}
