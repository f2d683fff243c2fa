package millrace.upstream.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The client's resolver: hands out only addresses that {@link Names} has found and that the guard permits, so that the
 * address checked is the address connected to. Asks nobody and never blocks; what is not known is unknown.
 */
final class CheckedAddresses implements DnsResolver {
    private final Names names;
    private final DestinationGuard guard;

    CheckedAddresses(Names names, DestinationGuard guard) {
        this.names = names;
        this.guard = guard;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetAddress> permitted = names.known(host)
                .map(a -> guard.permitted(host, port, a.addresses()))
                .orElse(List.of());
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host + ": no permitted address");
        }
        return permitted.stream().map(a -> new InetSocketAddress(a, port)).toList();
    }

    /** Without a port only what is permitted on every port. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    /** Would need a reverse look-up; nothing here asks for it. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
