package millrace.config;

import java.net.URI;
import java.time.Duration;
import millrace.wire.BasicAuth;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;

/** What the schema registry's client takes from a configuration. */
public final class WireSettings {
    private WireSettings() {}

    public static RegistrySettings registry(Config config) {
        RegistrySettings settings = RegistrySettings.of(config.get(Settings.REGISTRY_URLS).stream()
                        .map(URI::toString)
                        .toArray(String[]::new))
                .withTimeouts(
                        config.get(Settings.REGISTRY_CONNECT_TIMEOUT),
                        config.get(Settings.REGISTRY_RESPONSE_TIMEOUT),
                        config.get(Settings.REGISTRY_LOOKUP_TIMEOUT))
                .withRounds(config.get(Settings.REGISTRY_ROUNDS))
                .withUnknownFor(config.get(Settings.REGISTRY_UNKNOWN_REMEMBERED));
        return config.get(Settings.REGISTRY_USER)
                .flatMap(user -> config.get(Settings.REGISTRY_PASSWORD)
                        .map(password -> settings.withAuth(new BasicAuth(user, password.reveal()))))
                .orElse(settings);
    }

    /** @param patience how long a registry may be away: {@code registry.wait} for a pipeline, seconds for a person */
    public static RegistrationPolicy registration(Config config, Duration patience) {
        return new RegistrationPolicy(config.get(Settings.REGISTRY_AUTO_REGISTER), patience);
    }
}
