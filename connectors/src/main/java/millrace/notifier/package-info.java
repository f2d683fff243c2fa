/** The notifier: calls the URLs that somebody is owed a call to, from committed notices. */
@NullMarked
package millrace.notifier;

import org.jspecify.annotations.NullMarked;
