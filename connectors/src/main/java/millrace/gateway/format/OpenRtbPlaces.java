package millrace.gateway.format;

import static millrace.gateway.format.OpenRtbRequest.list;

import millrace.schemas.App;
import millrace.schemas.Content;
import millrace.schemas.Publisher;
import millrace.schemas.Site;
import millrace.schemas.Source;
import millrace.upstream.openrtb.model.BidRequest;
import org.jspecify.annotations.Nullable;

/** Where the ad is shown, and how the request came (OpenRTB 2.6, 3.2.2 and 3.2.13 to 3.2.16). */
final class OpenRtbPlaces {
    private OpenRtbPlaces() {}

    static @Nullable Site site(millrace.upstream.openrtb.model.@Nullable Site site) {
        if (site == null) {
            return null;
        }
        return Site.newBuilder()
                .setId(site.id())
                .setName(site.name())
                .setDomain(site.domain())
                .setPage(site.page())
                .setReferrer(site.ref())
                .setSearch(site.search())
                .setCategoryTaxonomy(site.cattax())
                .setCategories(list(site.cat()))
                .setSectionCategories(list(site.sectioncat()))
                .setPageCategories(list(site.pagecat()))
                .setMobile(site.mobile())
                .setPrivacyPolicy(site.privacypolicy())
                .setKeywords(list(site.kwarray()))
                .setPublisher(publisher(site.publisher()))
                .setInventoryPartnerDomain(site.inventorypartnerdomain())
                .setExt(site.ext() == null ? null : site.ext().text())
                .build();
    }

    static @Nullable App app(millrace.upstream.openrtb.model.@Nullable App app) {
        if (app == null) {
            return null;
        }
        return App.newBuilder()
                .setId(app.id())
                .setName(app.name())
                .setBundle(app.bundle())
                .setDomain(app.domain())
                .setStoreUrl(app.storeurl())
                .setVersion(app.ver())
                .setCategoryTaxonomy(app.cattax())
                .setCategories(list(app.cat()))
                .setSectionCategories(list(app.sectioncat()))
                .setPageCategories(list(app.pagecat()))
                .setPrivacyPolicy(app.privacypolicy())
                .setPaid(app.paid())
                .setKeywords(list(app.kwarray()))
                .setPublisher(publisher(app.publisher()))
                .setInventoryPartnerDomain(app.inventorypartnerdomain())
                .setExt(app.ext() == null ? null : app.ext().text())
                .build();
    }

    static @Nullable Content content(BidRequest bids) {
        millrace.upstream.openrtb.model.Site site = bids.site();
        millrace.upstream.openrtb.model.App app = bids.app();
        millrace.upstream.openrtb.model.Content content =
                site != null ? site.content() : app != null ? app.content() : null;
        if (content == null) {
            return null;
        }
        return Content.newBuilder()
                .setId(content.id())
                .setTitle(content.title())
                .setSeries(content.series())
                .setSeason(content.season())
                .setEpisode(content.episode())
                .setArtist(content.artist())
                .setGenre(content.genre())
                .setAlbum(content.album())
                .setIsrc(content.isrc())
                .setUrl(content.url())
                .setCategoryTaxonomy(content.cattax())
                .setCategories(list(content.cat()))
                .setProductionQuality(content.prodq())
                .setContext(content.context())
                .setContentRating(content.contentrating())
                .setUserRating(content.userrating())
                .setMediaRating(content.qagmediarating())
                .setKeywords(list(content.kwarray()))
                .setLivestream(content.livestream())
                .setSourceRelationship(content.sourcerelationship())
                .setLengthSeconds(content.len())
                .setLanguage(content.language())
                .setLanguageBcp47(content.langb())
                .setEmbeddable(content.embeddable())
                .setExt(content.ext() == null ? null : content.ext().text())
                .build();
    }

    static @Nullable Source source(millrace.upstream.openrtb.model.@Nullable Source source) {
        return source == null
                ? null
                : Source.newBuilder()
                        .setFinalDecision(source.fd())
                        .setTransactionId(source.tid())
                        .setPaymentChain(source.pchain())
                        .build();
    }

    private static @Nullable Publisher publisher(millrace.upstream.openrtb.model.@Nullable Publisher publisher) {
        return publisher == null
                ? null
                : Publisher.newBuilder()
                        .setId(publisher.id())
                        .setName(publisher.name())
                        .setDomain(publisher.domain())
                        .setCategoryTaxonomy(publisher.cattax())
                        .setCategories(list(publisher.cat()))
                        .build();
    }
}
