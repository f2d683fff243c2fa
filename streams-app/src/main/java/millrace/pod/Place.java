package millrace.pod;

/** Whether a break has a place for an ad. */
public enum Place {
    /** It has. */
    FREE,
    /** Every place is taken, or what is left of the time is too short for it (VAST error 206). */
    TAKEN,
    /** Nobody says how long it is, so that the break might run over. */
    UNKNOWN_LENGTH,
    /** It is shorter or longer than an ad of this break may be. */
    WRONG_LENGTH,
    /** Its creative, advertiser or category is in the break already. */
    REPEATED,
    /** It pays less than a second of this break costs. */
    TOO_CHEAP
}
