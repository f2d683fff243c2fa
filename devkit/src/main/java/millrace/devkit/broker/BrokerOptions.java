package millrace.devkit.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What may differ from the embedded broker's defaults.
 *
 * @param port of the client listener on loopback; 0 takes a free one and keeps it over restarts
 * @param dataDirectory kept when the broker closes; without one a temporary directory is made, and deleted at the end
 * @param properties of the broker, put over the defaults
 */
public record BrokerOptions(int port, Optional<Path> dataDirectory, Map<String, String> properties) {

    public static final BrokerOptions DEFAULT = new BrokerOptions(0, Optional.empty(), Map.of());

    public BrokerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("broker port is " + port + ", must be 0 to 65535");
        }
        properties = Map.copyOf(properties);
    }

    public BrokerOptions onPort(int fixed) {
        return new BrokerOptions(fixed, dataDirectory, properties);
    }

    public BrokerOptions in(Path directory) {
        return new BrokerOptions(port, Optional.of(directory), properties);
    }

    public BrokerOptions with(String property, String value) {
        var more = new HashMap<>(properties);
        more.put(property, value);
        return new BrokerOptions(port, dataDirectory, more);
    }
}
