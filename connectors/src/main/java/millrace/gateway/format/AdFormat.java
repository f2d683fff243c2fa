package millrace.gateway.format;

import java.util.List;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdResponse;

/** A language in which ads are asked for over HTTP. Pure, and safe for any thread. */
public interface AdFormat {

    /** What a call asks for, or everything that is wrong with it. */
    Checked<Asked> read(Call call, Arrival arrival);

    /** The pipeline's answer; it may be one without ads. */
    Page answered(Asked asked, AdResponse answer);

    /** No answer in time, or too much to do: whatever the language has for no ad. */
    Page none(Asked asked, Missing why);

    /** What is wrong with a call, for the person who wrote it. */
    default Page refused(List<Fault> faults) {
        return Page.text(400, Lines.of(faults));
    }

    /** Why there is no answer of the pipeline's. */
    enum Missing {
        /** It did not come in time. */
        DEADLINE,
        /** Too many were waiting. */
        OVERLOADED,
        /** Kafka did not take the request. */
        UNAVAILABLE
    }
}
