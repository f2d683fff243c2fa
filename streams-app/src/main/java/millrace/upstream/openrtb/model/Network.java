package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** The network of the content. OpenRTB 2.6, 3.2.23. */
public record Network(
        @Nullable String id,
        @Nullable String name,
        @Nullable String domain,
        @Nullable Json ext,
        Others others) {}
