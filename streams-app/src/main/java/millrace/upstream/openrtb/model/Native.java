package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import millrace.upstream.openrtb.json.Required;
import org.jspecify.annotations.Nullable;

/** The impression as a native ad; {@code request} is the JSON text of a native request. OpenRTB 2.6, 3.2.9. */
public record Native(
        @Required @Nullable String request,
        @Nullable String ver,
        @Listed(Listing.API_FRAMEWORKS) @Nullable List<Integer> api,
        @Listed(Listing.CREATIVE_ATTRIBUTES) @Nullable List<Integer> battr,
        @Nullable Json ext,
        Others others) {}
