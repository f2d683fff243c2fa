package millrace.laws;

import java.util.List;
import millrace.schemas.Campaign;

/** Who is told of a history and what its tasks commit. */
interface Judge {

    /** A campaign's budget, from now on. */
    void funded(Campaign campaign);

    void asked(String requestId);

    void see(Fact fact);

    /** Of the ads in committed answers, in their order. */
    List<String> tokens();
}
