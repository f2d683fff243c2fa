package millrace.devkit.load;

/**
 * What the load needs to know of an answer.
 *
 * @param request number of the request
 * @param outcome {@link #FILLED}, a no-fill's reason, or {@link #REFUSED}
 */
record Answer(int request, String outcome) {

    static final String FILLED = "FILLED";

    /** No slot was decided: the request itself was wrong. */
    static final String REFUSED = "REFUSED";
}
