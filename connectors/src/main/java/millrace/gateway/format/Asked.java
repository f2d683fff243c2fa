package millrace.gateway.format;

import java.time.Duration;
import millrace.schemas.AdRequest;

/**
 * A call that was understood.
 *
 * @param request with the pipeline's share of the time as its deadline
 * @param within from its arrival, the call is answered
 */
public record Asked(AdRequest request, Duration within) {}
