package millrace.upstream.openrtb.pod;

/** Where in a pod an ad must be to be worth its price. */
public enum Wish {
    ANYWHERE,
    FIRST,
    LAST,
    FIRST_OR_LAST
}
