package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** One fact of a data provider. OpenRTB 2.6, 3.2.22. */
public record Segment(
        @Nullable String id,
        @Nullable String name,
        @Nullable String value,
        @Nullable Json ext,
        Others others) {}
