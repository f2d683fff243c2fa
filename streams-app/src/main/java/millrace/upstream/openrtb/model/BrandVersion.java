package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** A browser or platform with its version. OpenRTB 2.6, 3.2.30. */
public record BrandVersion(
        @Required @Nullable String brand,
        @Nullable List<String> version,
        @Nullable Json ext,
        Others others) {}
