package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** How the slot fills itself anew. OpenRTB 2.6, 3.2.33. */
public record Refresh(
        @Nullable List<RefSettings> refsettings,
        @Nullable Integer count,
        @Nullable Json ext,
        Others others) {}
