package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The floor for ads of a range of durations, in seconds. OpenRTB 2.6, 3.2.35. */
public record DurFloors(
        @Nullable Integer mindur,
        @Nullable Integer maxdur,
        @Nullable BigDecimal bidfloor,
        @Nullable Json ext,
        Others others) {}
