package millrace.query;

import java.util.Map;

/** A page of the admin port that answers a question; asked on any thread. */
@FunctionalInterface
public interface Lookup {

    /**
     * @param status of HTTP
     * @param json an object
     */
    record Answer(int status, String json) {}

    /** @param parameters of the URL's query, decoded; the first of each name counts */
    Answer look(Map<String, String> parameters);
}
