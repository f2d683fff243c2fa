package millrace.selection;

import millrace.catalog.Campaign;

/** A campaign that is not asked, and why. */
public record Dropped(Campaign campaign, DropReason reason) {}
