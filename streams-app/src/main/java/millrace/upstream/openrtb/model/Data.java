package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** Segments of one data provider. OpenRTB 2.6, 3.2.21. */
public record Data(
        @Nullable String id,
        @Nullable String name,
        @Nullable List<String> cids,
        @Nullable List<Segment> segment,
        @Nullable Json ext,
        Others others) {}
