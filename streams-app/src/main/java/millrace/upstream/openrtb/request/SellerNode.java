package millrace.upstream.openrtb.request;

/**
 * How we are named in the supply chain (OpenRTB 2.6, 3.2.26).
 *
 * @param asi the domain of our sellers.json
 * @param sid the publisher in it, 1 to 64 characters
 */
public record SellerNode(String asi, String sid) {
    private static final int LONGEST_SID = 64;

    public SellerNode {
        if (asi.isBlank() || sid.isBlank() || sid.length() > LONGEST_SID) {
            throw new IllegalArgumentException("seller node is " + asi + " " + sid
                    + "; a domain is wanted, and an id of 1 to " + LONGEST_SID + " characters");
        }
    }
}
