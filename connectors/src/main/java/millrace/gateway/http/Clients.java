package millrace.gateway.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import millrace.upstream.http.Cidr;

/**
 * Who asks: the address that is connected, or, where that is one of our proxies, the last one in X-Forwarded-For that is not. What stands
 * before it was written by a stranger.
 */
public final class Clients {
    private static final int LONGEST_ADDRESS = 45;

    private final List<Cidr> proxies;

    /** @throws IllegalArgumentException when one is neither an address nor a range */
    public Clients(List<String> proxies) {
        this.proxies = proxies.stream()
                .map(text -> Cidr.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + text + "' is no address or CIDR range such as 10.0.0.0/8")))
                .toList();
    }

    /** @param forwardedFor X-Forwarded-For, all of its fields joined; empty when there is none */
    public String address(InetAddress connected, String forwardedFor) {
        InetAddress client = connected;
        String[] hops = forwardedFor.isEmpty() ? new String[0] : forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isProxy(client); i--) {
            Optional<InetAddress> hop = parsed(hops[i].strip());
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return client.getHostAddress();
    }

    /** What a client is limited by: its address, of IPv6 the network that a household has. */
    public static String limitedAs(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8 && i < bytes.length; i++) {
            network.append(Integer.toHexString(bytes[i] & 0xff)).append('.');
        }
        return network.append("/64").toString();
    }

    private boolean isProxy(InetAddress address) {
        for (Cidr proxy : proxies) {
            if (proxy.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Without a zone, which is nothing to anybody else. */
    private static Optional<InetAddress> parsed(String text) {
        String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (address.isEmpty() || address.length() > LONGEST_ADDRESS || address.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            boolean whole = literal instanceof Inet6Address
                    || address.chars().filter(c -> c == '.').count() == 3;
            return whole ? Optional.of(literal) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
