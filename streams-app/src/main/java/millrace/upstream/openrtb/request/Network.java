package millrace.upstream.openrtb.request;

import java.util.Optional;

/** An address without what tells one household from another: 24 bits of IPv4, 48 of IPv6. */
final class Network {
    private static final int GROUPS = 3;

    private Network() {}

    /** Empty for what is no address. */
    static Optional<String> of(String ip) {
        int colon = ip.indexOf(':');
        return colon < 0 ? four(ip) : six(ip);
    }

    private static Optional<String> four(String ip) {
        String[] parts = ip.split("\\.", -1);
        return parts.length == 4 ? Optional.of(parts[0] + "." + parts[1] + "." + parts[2] + ".0") : Optional.empty();
    }

    /** Groups before the first gap; what stands behind it is zero. */
    private static Optional<String> six(String ip) {
        int gap = ip.indexOf("::");
        String[] groups = (gap < 0 ? ip : ip.substring(0, gap)).split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < GROUPS && i < groups.length && !groups[i].isEmpty(); i++) {
            network.append(groups[i]).append(':');
        }
        return network.isEmpty()
                ? Optional.empty()
                : Optional.of(network.append(':').toString());
    }
}
