package millrace.delivery;

/** Whether a token is ours. */
public sealed interface TokenVerdict {

    /** Signed by one of our keys; its reservation may be settled, expired or forgotten all the same. */
    record Genuine(Token token) implements TokenVerdict {}

    /** Not ours, or not whole. */
    record Forged(Flaw flaw) implements TokenVerdict {}

    /** What gives a forged token away. */
    enum Flaw {
        LENGTH,
        ALPHABET,
        VERSION,
        KEY,
        SIGNATURE,
        EXPIRY
    }
}
