package millrace.upstream.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses may be connected to: those of the public internet, and those that the operator named.
 *
 * <p>An allowance is a host, {@code host:port}, an address, {@code address:port} (IPv6 in brackets) or a CIDR block. A
 * named host may have any address; an address or block is allowed under any host name.
 */
final class DestinationGuard {
    private record Allowance(Optional<Cidr> block, String host, int port) {
        boolean covers(String host, int port, InetAddress address) {
            boolean portFits = this.port == ANY || this.port == port;
            return portFits && block.map(b -> b.contains(address)).orElseGet(() -> this.host.equals(host));
        }
    }

    private static final int ANY = 0;

    private final List<Allowance> allowances;

    DestinationGuard(List<String> allow) {
        this.allowances = allow.stream().map(DestinationGuard::parse).toList();
    }

    /** Those of the addresses that may be connected to. */
    List<InetAddress> permitted(String host, int port, List<InetAddress> addresses) {
        return addresses.stream().filter(a -> permits(host, port, a)).toList();
    }

    private boolean permits(String host, int port, InetAddress address) {
        if (GlobalUnicast.contains(address)) {
            return true;
        }
        for (Allowance allowance : allowances) {
            if (allowance.covers(host, port, address)) {
                return true;
            }
        }
        return false;
    }

    private static Allowance parse(String text) {
        Optional<Cidr> block = Cidr.parse(text);
        if (block.isPresent()) {
            return new Allowance(block, "", ANY);
        }
        try {
            Url url = Url.parse("http://" + text.toLowerCase(Locale.ROOT));
            if (text.indexOf('/') >= 0) {
                throw new Url.Refusal("has a path");
            }
            int port = text.lastIndexOf(':') > text.lastIndexOf(']') ? url.port() : ANY;
            return new Allowance(Cidr.parse(url.host()), url.host(), port);
        } catch (Url.Refusal e) {
            throw new IllegalArgumentException(
                    "upstream allow list: '" + text + "' is not a host, host:port, address or CIDR block", e);
        }
    }
}
