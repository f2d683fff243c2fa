/** The HTTP gateway: players and exchanges ask for ads, and tell what became of them. */
@NullMarked
package millrace.gateway;

import org.jspecify.annotations.NullMarked;
