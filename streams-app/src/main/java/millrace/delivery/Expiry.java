package millrace.delivery;

/** What an expiry's record did to its reservation. */
public sealed interface Expiry {

    /** No impression came: the cost goes back to the lease, the exposure is taken back. */
    record Released(Reservation reservation) implements Expiry {}

    /** Appended before the reservation's end, by somebody who holds the token, or by us with a clock ahead of the broker's. */
    record Premature() implements Expiry {}

    /** Settled already, or unknown. */
    record Nothing() implements Expiry {}
}
