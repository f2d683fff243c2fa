/** Adds up what campaigns spent, from the topics alone and by arithmetic of its own, and compares it with the ledger. */
@NullMarked
package millrace.audit;

import org.jspecify.annotations.NullMarked;
