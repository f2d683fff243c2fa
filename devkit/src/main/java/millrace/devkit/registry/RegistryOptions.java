package millrace.devkit.registry;

import java.util.Optional;
import millrace.wire.BasicAuth;

/**
 * What may differ from the embedded registry's defaults.
 *
 * @param port on loopback; 0 takes a free one and keeps it over restarts
 * @param auth asked of every request, if present
 * @param maxRequestBytes of one body
 */
public record RegistryOptions(int port, Optional<BasicAuth> auth, int maxRequestBytes) {

    /** A free port, no credentials, 1 MiB a request. */
    public static final RegistryOptions DEFAULT = new RegistryOptions(0, Optional.empty(), 1 << 20);

    public RegistryOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("registry port is " + port + ", must be 0 to 65535");
        }
    }

    public RegistryOptions onPort(int fixed) {
        return new RegistryOptions(fixed, auth, maxRequestBytes);
    }

    public RegistryOptions withAuth(BasicAuth basicAuth) {
        return new RegistryOptions(port, Optional.of(basicAuth), maxRequestBytes);
    }

    public RegistryOptions withMaxRequestBytes(int bytes) {
        return new RegistryOptions(port, auth, bytes);
    }
}
