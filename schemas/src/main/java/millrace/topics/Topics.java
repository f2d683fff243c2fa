package millrace.topics;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CurrencyRates;
import millrace.schemas.DeadLetter;
import millrace.schemas.FiredNotice;
import millrace.schemas.Impression;
import millrace.schemas.Notice;
import millrace.schemas.Placement;
import millrace.schemas.ServedAd;
import millrace.schemas.Upstream;
import org.apache.avro.specific.SpecificRecord;

/** All topics of one deployment, which a name prefix tells from others on the same brokers. */
public final class Topics {
    /** A prefix of at most 100 characters leaves room for the longest name within the broker's 249. */
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    private final String prefix;

    private Topics(String prefix) {
        this.prefix = prefix;
    }

    /** The topics under their own names. */
    public static Topics plain() {
        return prefixed("");
    }

    /** @throws IllegalArgumentException when a topic name cannot begin so */
    public static Topics prefixed(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("topic prefix is '" + prefix
                    + "'; allowed are 0 to 100 characters of letters, digits, dot, dash, underscore");
        }
        return new Topics(prefix);
    }

    public Topic<AdRequest> adRequests() {
        return appended("ad-requests", AdRequest.class, "user key", DAY, Spread.WITH_REQUESTS);
    }

    /** Requests that came on another user's partition; CreateTime, so that they keep their first timestamp. */
    public Topic<AdRequest> adRequestsMoved() {
        return created("ad-requests-moved", AdRequest.class, "user key", DAY, Spread.WITH_REQUESTS);
    }

    public Topic<AdEvent> adEvents() {
        return appended("ad-events", AdEvent.class, "token, on the partition it names", WEEK, Spread.WITH_REQUESTS);
    }

    public Topic<AdResponse> adResponses() {
        return created("ad-responses", AdResponse.class, "user key", DAY, Spread.OWN);
    }

    /** Answers to requests of gateways, each on a partition that its gateway reads; nobody wants one that is old. */
    public Topic<AdResponse> adReplies() {
        return created("ad-replies", AdResponse.class, "user key", HOUR, Spread.OWN);
    }

    public Topic<ServedAd> servedAds() {
        return created("served-ads", ServedAd.class, "reservation id", MONTH, Spread.OWN);
    }

    public Topic<Impression> impressions() {
        return created("impressions", Impression.class, "reservation id", MONTH, Spread.OWN);
    }

    public Topic<Notice> notices() {
        return created("notices", Notice.class, "notice id", WEEK, Spread.OWN);
    }

    /** What became of each notice, on the partition that it has on notices. */
    public Topic<FiredNotice> noticesFired() {
        return created("notices-fired", FiredNotice.class, "notice id", MONTH, Spread.OWN);
    }

    public Topic<Campaign> campaigns() {
        return table("campaigns", Campaign.class, "campaign id");
    }

    public Topic<Upstream> upstreams() {
        return table("upstreams", Upstream.class, "upstream id");
    }

    public Topic<Placement> placements() {
        return table("placements", Placement.class, "placement id");
    }

    /** What currencies are worth in each other. */
    public Topic<CurrencyRates> rates() {
        return table("rates", CurrencyRates.class, "currency");
    }

    public Topic<BudgetRequest> budgetRequests() {
        return created("budget-requests", BudgetRequest.class, "campaign id", WEEK, Spread.OWN);
    }

    /** On the partition that asked, which is one of ad-requests. */
    public Topic<BudgetGrant> budgetGrants() {
        return created("budget-grants", BudgetGrant.class, "campaign id", WEEK, Spread.WITH_REQUESTS);
    }

    /** Each entry of the ledger, with its cause. */
    public Topic<BudgetEntry> budgetLedger() {
        return created("budget-ledger", BudgetEntry.class, "campaign id", MONTH, Spread.OWN);
    }

    public Topic<DeadLetter> deadLetters() {
        return created("dead-letters", DeadLetter.class, "origin as topic-partition-offset", MONTH, Spread.OWN);
    }

    /** Every topic, in the order in which data walks. */
    public List<Topic<?>> all() {
        return List.of(
                adRequests(),
                adRequestsMoved(),
                adEvents(),
                adResponses(),
                adReplies(),
                servedAds(),
                impressions(),
                notices(),
                noticesFired(),
                campaigns(),
                upstreams(),
                placements(),
                rates(),
                budgetRequests(),
                budgetGrants(),
                budgetLedger(),
                deadLetters());
    }

    /** What {@code millrace apply} writes and the catalog reads. */
    public List<Topic<?>> catalog() {
        return List.of(campaigns(), upstreams(), placements(), rates());
    }

    private <V extends SpecificRecord> Topic<V> appended(
            String name, Class<V> value, String keyedBy, Duration retention, Spread spread) {
        return new Topic<>(
                prefix + name, value, keyedBy, new Cleanup.Delete(retention), Timestamps.LOG_APPEND_TIME, spread);
    }

    private <V extends SpecificRecord> Topic<V> created(
            String name, Class<V> value, String keyedBy, Duration retention, Spread spread) {
        return new Topic<>(
                prefix + name, value, keyedBy, new Cleanup.Delete(retention), Timestamps.CREATE_TIME, spread);
    }

    private <V extends SpecificRecord> Topic<V> table(String name, Class<V> value, String keyedBy) {
        return new Topic<>(prefix + name, value, keyedBy, new Cleanup.Compact(), Timestamps.CREATE_TIME, Spread.SINGLE);
    }
}
