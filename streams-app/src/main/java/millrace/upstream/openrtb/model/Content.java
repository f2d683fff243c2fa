package millrace.upstream.openrtb.model;

import java.util.List;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Listed;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Others;
import org.jspecify.annotations.Nullable;

/** What is read, watched or heard around the impression. OpenRTB 2.6, 3.2.16. */
public record Content(
        @Nullable String id,
        @Nullable Integer episode,
        @Nullable String title,
        @Nullable String series,
        @Nullable String season,
        @Nullable String artist,
        @Nullable String genre,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer gtax,
        @Nullable List<String> genres,
        @Nullable String album,
        @Nullable String isrc,
        @Nullable Producer producer,
        @Nullable String url,
        @Listed(Listing.CATEGORY_TAXONOMIES) @Nullable Integer cattax,
        @Nullable List<String> cat,
        @Listed(Listing.PRODUCTION_QUALITIES) @Nullable Integer prodq,
        @Listed(Listing.CONTENT_CONTEXTS) @Nullable Integer context,
        @Nullable String contentrating,
        @Nullable String userrating,
        @Listed(Listing.MEDIA_RATINGS) @Nullable Integer qagmediarating,
        @Nullable String keywords,
        @Nullable List<String> kwarray,
        @Listed(Listing.FLAG) @Nullable Integer livestream,
        @Listed(Listing.FLAG) @Nullable Integer sourcerelationship,
        @Nullable Integer len,
        @Nullable String language,
        @Nullable String langb,
        @Listed(Listing.FLAG) @Nullable Integer embeddable,
        @Nullable List<Data> data,
        @Nullable Network network,
        @Nullable Channel channel,
        @Listed(Listing.FLAG) @Nullable Integer realtime,
        @Listed(Listing.FLAG) @Nullable Integer firstbroadcast,
        @Nullable Json ext,
        Others others) {}
