package millrace.delivery;

import java.util.Optional;

/**
 * What is left to know of a bid when its ad is shown.
 *
 * @param campaign what caps count as its campaign; empty when it named none
 * @param billing the notice that its impression owes
 */
public record SoldBid(String campaign, Optional<String> billing) {}
