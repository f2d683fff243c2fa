package millrace.upstream.openrtb.model;

import java.math.BigDecimal;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Range;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** A measure of the impression, such as its viewability. OpenRTB 2.6, 3.2.5. */
public record Metric(
        @Required @Nullable String type,
        @Required @Range(least = Long.MIN_VALUE) @Nullable BigDecimal value,
        @Nullable String vendor,
        @Nullable Json ext,
        Others others) {}
