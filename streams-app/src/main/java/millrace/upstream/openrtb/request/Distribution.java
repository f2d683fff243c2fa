package millrace.upstream.openrtb.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.schemas.Content;
import millrace.schemas.Network;
import millrace.session.SessionContext;
import millrace.upstream.openrtb.json.Draft;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.App;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Channel;
import millrace.upstream.openrtb.model.Producer;
import millrace.upstream.openrtb.model.Publisher;
import millrace.upstream.openrtb.model.Site;
import org.jspecify.annotations.Nullable;

/** Where the ad is shown: an app or else a site, with the content that is played there (OpenRTB 2.6, 3.2.13 to 3.2.16). */
final class Distribution {
    private static final Shape<Site> SITE = Shape.of(Site.class);
    private static final Shape<App> APP = Shape.of(App.class);
    private static final Shape<millrace.upstream.openrtb.model.Content> CONTENT =
            Shape.of(millrace.upstream.openrtb.model.Content.class);
    private static final Shape<Publisher> PUBLISHER = Shape.of(Publisher.class);
    private static final Shape<Producer> PRODUCER = Shape.of(Producer.class);
    private static final Shape<millrace.upstream.openrtb.model.Network> NETWORK =
            Shape.of(millrace.upstream.openrtb.model.Network.class);
    private static final Shape<Channel> CHANNEL = Shape.of(Channel.class);

    private Distribution() {}

    static void into(Draft<BidRequest> draft, AdRequest request, SessionContext context) {
        millrace.upstream.openrtb.model.Content content = content(request.getContent());
        if (request.getApp() != null) {
            draft.set("app", app(request.getApp(), content));
            return;
        }
        millrace.schemas.Site site = Optional.ofNullable(request.getSite())
                .orElseGet(() -> millrace.schemas.Site.newBuilder().build());
        draft.set("site", site(site, content, context.contentUrl().orElse(null)));
    }

    private static App app(millrace.schemas.App app, millrace.upstream.openrtb.model.@Nullable Content content) {
        return APP.draft()
                .set("id", app.getId())
                .set("name", app.getName())
                .set("bundle", app.getBundle() == null ? app.getStoreId() : app.getBundle())
                .set("domain", app.getDomain())
                .set("storeurl", app.getStoreUrl())
                .set("cattax", app.getCategoryTaxonomy())
                .set("cat", Written.list(app.getCategories()))
                .set("sectioncat", Written.list(app.getSectionCategories()))
                .set("pagecat", Written.list(app.getPageCategories()))
                .set("ver", app.getVersion())
                .set("privacypolicy", app.getPrivacyPolicy())
                .set("paid", app.getPaid())
                .set("publisher", publisher(app.getPublisher()))
                .set("content", content)
                .set("kwarray", Written.list(app.getKeywords()))
                .set("inventorypartnerdomain", app.getInventoryPartnerDomain())
                .set("ext", Written.ext(app.getExt()))
                .make();
    }

    private static Site site(
            millrace.schemas.Site site,
            millrace.upstream.openrtb.model.@Nullable Content content,
            @Nullable String contentUrl) {
        return SITE.draft()
                .set("id", site.getId())
                .set("name", site.getName())
                .set("domain", site.getDomain())
                .set("cattax", site.getCategoryTaxonomy())
                .set("cat", Written.list(site.getCategories()))
                .set("sectioncat", Written.list(site.getSectionCategories()))
                .set("pagecat", Written.list(site.getPageCategories()))
                .set("page", site.getPage() == null ? contentUrl : site.getPage())
                .set("ref", site.getReferrer())
                .set("search", site.getSearch())
                .set("mobile", site.getMobile())
                .set("privacypolicy", site.getPrivacyPolicy())
                .set("publisher", publisher(site.getPublisher()))
                .set("content", content)
                .set("kwarray", Written.list(site.getKeywords()))
                .set("inventorypartnerdomain", site.getInventoryPartnerDomain())
                .set("ext", Written.ext(site.getExt()))
                .make();
    }

    private static millrace.upstream.openrtb.model.@Nullable Content content(@Nullable Content content) {
        if (content == null) {
            return null;
        }
        return CONTENT.draft()
                .set("id", content.getId())
                .set("episode", content.getEpisode())
                .set("title", content.getTitle())
                .set("series", content.getSeries())
                .set("season", content.getSeason())
                .set("artist", content.getArtist())
                .set("genre", content.getGenre())
                .set("gtax", content.getGenreTaxonomy())
                .set("genres", Written.list(texts(content.getGenres())))
                .set("album", content.getAlbum())
                .set("isrc", content.getIsrc())
                .set("producer", producer(content.getProducer()))
                .set("url", content.getUrl())
                .set("cattax", content.getCategoryTaxonomy())
                .set("cat", Written.list(content.getCategories()))
                .set("prodq", content.getProductionQuality())
                .set("context", content.getContext())
                .set("contentrating", content.getContentRating())
                .set("userrating", content.getUserRating())
                .set("qagmediarating", content.getMediaRating())
                .set("kwarray", Written.list(content.getKeywords()))
                .set("livestream", content.getLivestream())
                .set("sourcerelationship", content.getSourceRelationship())
                .set("len", content.getLengthSeconds())
                .set("language", content.getLanguage())
                .set("langb", content.getLanguage() == null ? content.getLanguageBcp47() : null)
                .set("embeddable", content.getEmbeddable())
                .set("network", named(NETWORK, content.getNetwork()))
                .set("channel", named(CHANNEL, content.getChannel()))
                .set("ext", Written.ext(content.getExt()))
                .make();
    }

    private static List<String> texts(List<Integer> numbers) {
        List<String> texts = new ArrayList<>(numbers.size());
        numbers.forEach(number -> texts.add(number.toString()));
        return texts;
    }

    private static <R extends Record> @Nullable R named(Shape<R> shape, @Nullable Network network) {
        return network == null
                ? null
                : shape.draft()
                        .set("id", network.getId())
                        .set("name", network.getName())
                        .set("domain", network.getDomain())
                        .make();
    }

    private static @Nullable Publisher publisher(millrace.schemas.@Nullable Publisher publisher) {
        return publisher == null ? null : of(PUBLISHER, publisher);
    }

    private static @Nullable Producer producer(millrace.schemas.@Nullable Publisher producer) {
        return producer == null ? null : of(PRODUCER, producer);
    }

    private static <R extends Record> R of(Shape<R> shape, millrace.schemas.Publisher publisher) {
        return shape.draft()
                .set("id", publisher.getId())
                .set("name", publisher.getName())
                .set("cattax", publisher.getCategoryTaxonomy())
                .set("cat", Written.list(publisher.getCategories()))
                .set("domain", publisher.getDomain())
                .make();
    }
}
