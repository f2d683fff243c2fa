/**
 * The objects of OpenRTB 2.6, one record each, with the attributes of the specification under its own names. What is absent is null, so that
 * an absent attribute, an empty array and a stated default stay three different things through a round trip. What no record knows is in
 * {@code others}, every extension in {@code ext}.
 */
@NullMarked
package millrace.upstream.openrtb.model;

import org.jspecify.annotations.NullMarked;
