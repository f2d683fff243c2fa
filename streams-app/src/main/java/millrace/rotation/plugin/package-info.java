/** What a selector or filter of somebody else's is written against. Types of this package stay as they are from version to version. */
@NullMarked
package millrace.rotation.plugin;

import org.jspecify.annotations.NullMarked;
