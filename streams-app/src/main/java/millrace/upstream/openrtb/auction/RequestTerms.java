package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Imp;
import org.jspecify.annotations.Nullable;

/** A request, made ready to be asked often: every list that bids are looked up in is a set. */
record RequestTerms(
        String id,
        int auctionType,
        Set<String> currencies,
        String firstCurrency,
        Set<String> allowedSeats,
        Set<String> blockedSeats,
        Set<String> blockedDomains,
        Set<String> blockedBundles,
        Set<String> allowedCategories,
        Set<String> blockedCategories,
        int taxonomy,
        List<String> languages,
        List<ImpTerms> imps,
        Map<String, ImpTerms> byId) {
    private static final int SECOND_PRICE = 2;

    static RequestTerms of(BidRequest request) {
        List<ImpTerms> imps = new ArrayList<>();
        Map<String, ImpTerms> byId = new HashMap<>();
        for (Imp imp : or(request.imp())) {
            ImpTerms terms = ImpTerms.of(imp, imps.size());
            imps.add(terms);
            byId.putIfAbsent(terms.id(), terms);
        }
        List<String> currencies = or(request.cur());
        return new RequestTerms(
                request.id() == null ? "" : request.id(),
                request.at() == null ? SECOND_PRICE : request.at(),
                set(currencies),
                firstCurrency(currencies, imps),
                set(or(request.wseat())),
                set(or(request.bseat())),
                lowerCase(or(request.badv())),
                set(or(request.bapp())),
                set(or(request.acat())),
                set(or(request.bcat())),
                request.cattax() == null ? Categories.USUAL_TAXONOMY : request.cattax(),
                or(request.wlang()).isEmpty() ? or(request.wlangb()) : or(request.wlang()),
                imps,
                byId);
    }

    private static String firstCurrency(List<String> currencies, List<ImpTerms> imps) {
        if (!currencies.isEmpty()) {
            return currencies.getFirst();
        }
        return imps.isEmpty() ? Currencies.USUAL : imps.getFirst().floorCurrency();
    }

    private static Set<String> set(List<String> values) {
        return values.isEmpty() ? Set.of() : new HashSet<>(values);
    }

    private static Set<String> lowerCase(List<String> domains) {
        Set<String> lower = new HashSet<>();
        domains.forEach(domain -> lower.add(domain.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static <T> List<T> or(@Nullable List<T> stated) {
        return stated == null ? List.of() : stated;
    }
}
