/** Money of campaigns: the ledger that grants, the leases that are taken from. */
@NullMarked
package millrace.budget;

import org.jspecify.annotations.NullMarked;
