package millrace.delivery;

/**
 * A new token.
 *
 * @param text signed, as the answer carries it
 */
public record Issued(Token token, String text) {}
