package millrace.cli;

import java.io.Console;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a command takes from the process it runs in.
 *
 * @param terminal whether somebody watches: only then progress is shown
 * @param patience how long brokers and registry may be away
 */
public record Surroundings(
        Map<String, String> environment,
        InstantSource clock,
        RandomGenerator random,
        boolean terminal,
        Duration patience) {

    public static Surroundings ofProcess() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Surroundings(
                System.getenv(), Clock.systemUTC(), new SecureRandom(), terminal, Duration.ofSeconds(10));
    }
}
