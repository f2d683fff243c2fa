package millrace.devkit.upstreams;

import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/** What one upstream says in one protocol, good and bad. Called on the server's thread only. */
interface Protocol {

    /** What an upstream that behaves answers; takes the next ad's turn. */
    Response content(Request request);

    /** A proper document without an ad. */
    Response empty(Request request);

    /** What one says that has no ad for this request. */
    Response unfilled(Request request);

    /** A document that ends in the middle. */
    Response malformed(Request request);

    /** What would be right for another request; without a way to tell, it is right for this one. */
    default Response mistaken(Request request) {
        return content(request);
    }

    /** A document of {@link #OVERSIZED_BYTES}. */
    Response oversized(Request request);

    int OVERSIZED_BYTES = 8 * 1024 * 1024;
}
