package millrace.upstream.vast.document;

import java.util.List;

/**
 * Companions of an ad (VAST 4.3, 3.13).
 *
 * @param required {@code all}, {@code any} or {@code none} must be shown, as written; empty when absent
 */
public record CompanionAds(String required, List<Companion> companions) {
    public CompanionAds {
        companions = List.copyOf(companions);
    }
}
