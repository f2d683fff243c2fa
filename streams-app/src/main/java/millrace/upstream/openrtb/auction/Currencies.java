package millrace.upstream.openrtb.auction;

/** Currencies by their ISO 4217 letters. */
final class Currencies {
    /** What an amount is in that names no currency. */
    static final String USUAL = "USD";

    private Currencies() {}
}
