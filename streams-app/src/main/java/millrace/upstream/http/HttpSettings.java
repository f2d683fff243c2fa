package millrace.upstream.http;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the room calls out.
 *
 * @param maxConnections connections in all, 1 to 100000
 * @param maxConnectionsPerRoute connections to one host and port, 1 to maxConnections
 * @param ioThreads threads that move bytes, 1 to 64
 * @param workerThreads threads that start calls and read documents, 1 to 64
 * @param nameThreads most name look-ups at once, 1 to 1024; a hung name server holds one of them a host
 * @param connectTimeout longest wait for a connection with its TLS handshake
 * @param idleTimeout a connection that was unused for this long is closed, not used again
 * @param connectionLife a connection is not used longer than this, so that a moved host is noticed
 * @param nameTtl how long the addresses of a host are used without asking again
 * @param nameFailureTtl how long a failed look-up stands
 * @param nameTimeout a look-up that takes longer counts as failed
 * @param maxNames hosts remembered, 16 to 1000000
 * @param allow destinations let through although they are not on the public internet: host, host:port, address or CIDR
 * @param maxResponseBytes largest body, before and after decompression, 1 KiB to 64 MiB
 * @param maxHeaders most header fields of an answer, 10 to 1000
 * @param maxHeaderLine longest header line of an answer in bytes, 256 to 65536
 * @param maxRedirects HTTP redirects followed in one call, 0 to 20
 */
public record HttpSettings(
        int maxConnections,
        int maxConnectionsPerRoute,
        int ioThreads,
        int workerThreads,
        int nameThreads,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration connectionLife,
        Duration nameTtl,
        Duration nameFailureTtl,
        Duration nameTimeout,
        int maxNames,
        List<String> allow,
        int maxResponseBytes,
        int maxHeaders,
        int maxHeaderLine,
        int maxRedirects) {

    public HttpSettings {
        within("maxConnections", maxConnections, 1, 100_000);
        within("maxConnectionsPerRoute", maxConnectionsPerRoute, 1, maxConnections);
        within("ioThreads", ioThreads, 1, 64);
        within("workerThreads", workerThreads, 1, 64);
        within("nameThreads", nameThreads, 1, 1024);
        positive("connectTimeout", connectTimeout);
        positive("idleTimeout", idleTimeout);
        positive("connectionLife", connectionLife);
        positive("nameTtl", nameTtl);
        positive("nameFailureTtl", nameFailureTtl);
        positive("nameTimeout", nameTimeout);
        within("maxNames", maxNames, 16, 1_000_000);
        within("maxResponseBytes", maxResponseBytes, 1024, 64 << 20);
        within("maxHeaders", maxHeaders, 10, 1000);
        within("maxHeaderLine", maxHeaderLine, 256, 65_536);
        within("maxRedirects", maxRedirects, 0, 20);
        allow = List.copyOf(allow);
        // Refuses what cannot be read now, not at the first call.
        new DestinationGuard(allow).permitted("", 0, List.of());
    }

    /** What a deployment has that sets nothing. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                4000,
                1000,
                2,
                2,
                32,
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                10_000,
                List.of(),
                512 * 1024,
                100,
                16_384,
                5);
    }

    /** These with another allow list. */
    public HttpSettings allowing(List<String> destinations) {
        return new HttpSettings(
                maxConnections,
                maxConnectionsPerRoute,
                ioThreads,
                workerThreads,
                nameThreads,
                connectTimeout,
                idleTimeout,
                connectionLife,
                nameTtl,
                nameFailureTtl,
                nameTimeout,
                maxNames,
                destinations,
                maxResponseBytes,
                maxHeaders,
                maxHeaderLine,
                maxRedirects);
    }

    /** Whether a text may stand in the list of what is allowed. */
    public static boolean isDestination(String text) {
        try {
            return new DestinationGuard(List.of(text))
                    .permitted("", 0, List.of())
                    .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** These with further destinations allowed. */
    public HttpSettings allowingAlso(List<String> destinations) {
        return allowing(Stream.concat(allow.stream(), destinations.stream()).toList());
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("upstream " + name + " is " + value + "; " + least + " to " + most);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("upstream " + name + " is " + value + "; more than zero");
        }
    }
}
