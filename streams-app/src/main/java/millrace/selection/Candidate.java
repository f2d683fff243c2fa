package millrace.selection;

import millrace.catalog.Campaign;

/** A campaign that may be asked for an ad. */
public record Candidate(Campaign campaign) {}
