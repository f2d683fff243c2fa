package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The channel of the content. OpenRTB 2.6, 3.2.24. */
public record Channel(
        @Nullable String id,
        @Nullable String name,
        @Nullable String domain,
        @Nullable Json ext,
        Others others) {}
