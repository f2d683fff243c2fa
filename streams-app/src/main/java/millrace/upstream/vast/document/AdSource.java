package millrace.upstream.vast.document;

import java.util.Optional;

/**
 * Where the ads of a break come from (VMAP 1.0.1, 2.3.2).
 *
 * @param multiple allowMultipleAds; true when absent, other than in a Wrapper
 * @param follow followRedirects as written; absent is the player's choice
 * @param content absent when none of the three is there
 */
public record AdSource(String id, boolean multiple, Optional<Boolean> follow, Optional<Content> content) {

    /** One of VASTAdData, AdTagURI, CustomAdData. */
    public sealed interface Content {}

    /** @param document the VAST inside, or why it is none */
    public record Ads(ParsedVast document) implements Content {}

    /** @param templateType {@code vast1} to {@code vast4} or another name, as written */
    public record Tag(String templateType, String uri) implements Content {}

    public record Custom(String templateType, String text) implements Content {}
}
