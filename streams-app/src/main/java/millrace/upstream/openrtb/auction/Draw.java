package millrace.upstream.openrtb.auction;

/** A number that looks random and is always the same for the same texts (FNV-1a, then mixed as SplitMix64 does). */
final class Draw {
    private static final long START = 0xcbf29ce484222325L;
    private static final long STEP = 0x100000001b3L;

    private Draw() {}

    static long of(String request, Offer offer) {
        long hash = add(START, request);
        hash = add(hash, offer.bidder());
        hash = add(hash, offer.seat().orElse(""));
        return mixed(add(hash, offer.bidId()));
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * STEP;
        }
        return (sum ^ 0xFFFF) * STEP;
    }

    private static long mixed(long hash) {
        long one = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        long two = (one ^ (one >>> 27)) * 0x94d049bb133111ebL;
        return two ^ (two >>> 31);
    }
}
