package millrace.upstream.openrtb.model;

import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** One size, or one ratio, in which a banner may come. OpenRTB 2.6, 3.2.10. */
public record Format(
        @Nullable Integer w,
        @Nullable Integer h,
        @Nullable Integer wratio,
        @Nullable Integer hratio,
        @Nullable Integer wmin,
        @Nullable Json ext,
        Others others) {}
