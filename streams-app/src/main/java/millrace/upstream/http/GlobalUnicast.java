package millrace.upstream.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether an address is one on the public internet (IANA special-purpose address registries, RFC 6890). Whatever could
 * lead into our own network is not: private and shared space, loopback, link-local with its metadata services, and the
 * IPv6 forms that carry such an IPv4 address.
 */
final class GlobalUnicast {
    private static final List<Cidr> CLOSED_V4 = cidrs(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Closed parts of 2000::/3, the only global unicast space: protocol assignments with Teredo, documentation. */
    private static final List<Cidr> CLOSED_V6 = cidrs("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20");

    private static final Cidr OPEN_V6 = cidr("2000::/3");
    private static final Cidr NAT64 = cidr("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = cidr("2002::/16");

    private GlobalUnicast() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return noneHolds(CLOSED_V4, address);
        }
        if (NAT64.contains(address)) {
            return noneHolds(CLOSED_V4, IpLiteral.of(Arrays.copyOfRange(bytes, 12, 16)));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return noneHolds(CLOSED_V4, IpLiteral.of(Arrays.copyOfRange(bytes, 2, 6)));
        }
        return OPEN_V6.contains(address) && noneHolds(CLOSED_V6, address);
    }

    private static boolean noneHolds(List<Cidr> blocks, InetAddress address) {
        for (Cidr block : blocks) {
            if (block.contains(address)) {
                return false;
            }
        }
        return true;
    }

    private static List<Cidr> cidrs(String... texts) {
        return Stream.of(texts).map(GlobalUnicast::cidr).toList();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
