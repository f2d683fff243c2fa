package millrace.rotation;

import java.util.List;

/** Whom an upstream is chosen for: all that the choice may depend on. On the stream thread. */
public interface Asker {

    /** Whether this upstream had nothing for the request already. */
    boolean hasFailed(String upstream);

    /** Of the user, ISO 3166-1 alpha-2 in capitals; empty when it is not known. */
    String country();

    /** Of the user, as the request names it; empty when it is not known. */
    String region();

    /** Upstreams that this session or user was given to, the last one first. */
    List<String> remembered(Stickiness by);

    /** From now on the session or user stays with this one. */
    void remember(Stickiness by, String upstream);
}
