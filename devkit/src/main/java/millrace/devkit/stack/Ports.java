package millrace.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the parts of a stack listen, on loopback; 0 is any free port. */
public record Ports(int kafka, int registry, int upstreams, int admin, int gateway) {
    public static final Ports FREE = new Ports(0, 0, 0, 0, 0);

    /** Those that people know by heart. */
    public static final Ports WELL_KNOWN = new Ports(9092, 8081, 8090, 8088, 8080);

    /** With the gateway's, which its beacons name before it listens. */
    public Ports withGateway(int port) {
        return new Ports(kafka, registry, upstreams, admin, port);
    }

    /** Those that somebody else has, each with what was to listen there: {@code 9092 (Kafka)}. */
    public List<String> taken() {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        wanted.put(kafka, "Kafka");
        wanted.put(registry, "schema registry");
        wanted.put(upstreams, "upstreams");
        wanted.put(admin, "admin");
        wanted.put(gateway, "gateway");
        return wanted.entrySet().stream()
                .filter(entry -> !isFree(entry.getKey()))
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
    }

    /** One that nobody has at the moment. */
    public static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
