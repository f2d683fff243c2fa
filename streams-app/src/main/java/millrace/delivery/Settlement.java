package millrace.delivery;

/** What an impression did to its reservation. */
public sealed interface Settlement {

    /** In time: the cost is spent. */
    record Billed(Reservation reservation) implements Settlement {}

    /** In time, of a house or test ad. */
    record Free(Reservation reservation) implements Settlement {}

    /** After the end, or of money that was lost: money and exposure were given back; it is counted in caps, and not billed. */
    record Late(Reservation reservation) implements Settlement {}

    /** The same impression again. */
    record Repeated() implements Settlement {}

    /** No such reservation: rolled back, or so old that it is forgotten. */
    record Unknown() implements Settlement {}
}
