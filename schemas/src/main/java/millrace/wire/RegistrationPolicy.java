package millrace.wire;

import java.time.Duration;

/**
 * How schemas are registered at start.
 *
 * @param autoRegister false: schemas are only looked up, and one that is not there is refused
 * @param giveUpAfter how long to wait for a registry that is away
 */
public record RegistrationPolicy(boolean autoRegister, Duration giveUpAfter) {

    /** Registers, and waits five minutes for the registry. */
    public static final RegistrationPolicy DEFAULT = new RegistrationPolicy(true, Duration.ofMinutes(5));
}
