package millrace.devkit.referee;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.GrantVerdict;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.Placement;
import millrace.schemas.ServedAd;
import millrace.wire.RecordClasses;

/** A made-up run, told step by step: what was promised, and what the topics say. Seconds count from an arbitrary moment. */
final class Happened {
    static {
        RecordClasses.trust(ServedAd.class);
    }

    static final long COST = 10_000_000;
    static final int RESERVED_SECONDS = 60;
    private static final Instant BEGIN = Instant.parse("2026-03-01T21:00:00Z");

    private final List<Asked> asked = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private final List<Answered> answers = new ArrayList<>();
    private final List<ServedAd> served = new ArrayList<>();
    private final List<Impression> impressions = new ArrayList<>();
    private final List<BudgetGrant> grants = new ArrayList<>();
    private final List<BudgetRequest> reports = new ArrayList<>();
    private final List<Told<Campaign>> campaigns = new ArrayList<>();
    private final List<Placement> placements = new ArrayList<>();
    private final List<Disturbance> excuses = new ArrayList<>();
    private long reservations;

    static Instant at(double seconds) {
        return BEGIN.plusMillis(Math.round(seconds * 1_000));
    }

    Happened campaign(double at, String id, long ads, CapRule... rules) {
        return campaign(at, id, CampaignStatus.ACTIVE, ads, rules);
    }

    Happened campaign(double at, String id, CampaignStatus status, long ads, CapRule... rules) {
        campaigns.add(new Told<>(
                at(at),
                Campaign.newBuilder()
                        .setId(id)
                        .setAdvertiser(id + ".example")
                        .setStatus(status)
                        .setCurrency("EUR")
                        .setPriceCpmMicros(COST)
                        .setBudgetNanos(ads * COST)
                        .setCaps(List.of(rules))
                        .build()));
        return this;
    }

    /** The campaign that was told of last has its ads so far apart. */
    Happened minGap(int seconds) {
        Told<Campaign> last = campaigns.removeLast();
        campaigns.add(new Told<>(
                last.at(),
                Campaign.newBuilder(last.record())
                        .setMinGapMillis(seconds * 1_000L)
                        .build()));
        return this;
    }

    Happened placement(String id, CapRule... rules) {
        placements.add(Placement.newBuilder().setId(id).setCaps(List.of(rules)).build());
        return this;
    }

    static CapRule rolling(CapScope scope, int limit, int seconds) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(CapWindow.ROLLING)
                .setWindowMillis(Duration.ofSeconds(seconds).toMillis())
                .build();
    }

    static CapRule within(CapScope scope, int limit, CapWindow window) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(window)
                .build();
    }

    static CapRule calendar(CapScope scope, int limit, CapWindow window, String zone) {
        return CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(window)
                .setZone(zone)
                .build();
    }

    Happened asks(double at, String request) {
        asked.add(new Asked(request, at(at)));
        return this;
    }

    Happened answers(double at, String request, String... tokens) {
        answers.add(new Answered(request, at(at).toEpochMilli(), List.of(tokens)));
        return this;
    }

    /** Asked, answered and recorded. Returns the token. */
    String serves(double at, String user, String campaign) {
        String request = "request-" + reservations;
        asks(at, request);
        String token = records(at, user, campaign, request, "film");
        answers(at, request, token);
        return token;
    }

    /** Only the record on {@code served-ads}. Returns the token. */
    String records(double at, String user, String campaign, String request, String placement) {
        long id = ++reservations;
        served.add(ServedAd.newBuilder()
                .setId(HexFormat.of().toHexDigits(id))
                .setRequestId(request)
                .setSlotId("slot")
                .setPlacement(placement)
                .setUserKey(user)
                .setCampaign(campaign)
                .setAdvertiser(campaign + ".example")
                .setCreative(campaign + "-film")
                .setPriceCpmMicros(COST)
                .setCostNanos(COST)
                .setCurrency("EUR")
                .setServedAt(at(at).toEpochMilli())
                .setExpiresAt(at(at + RESERVED_SECONDS).toEpochMilli())
                .build());
        return token(id);
    }

    static String token(long reservation) {
        byte[] bytes =
                ByteBuffer.allocate(36).putInt(0x01010000).putLong(reservation).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Happened shows(double at, String token) {
        return shows(at, token, ImpressionVerdict.BILLED);
    }

    Happened shows(double at, String token, ImpressionVerdict verdict) {
        shown.add(token);
        String id = TokenText.reservation(token);
        ServedAd ad = served.stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .orElseGet(
                        () -> ServedAd.newBuilder(served.getFirst()).setId(id).build());
        impressions.add(Impression.newBuilder()
                .setId(id)
                .setRequestId(ad.getRequestId())
                .setPlacement(ad.getPlacement())
                .setUserKey(ad.getUserKey())
                .setCampaign(ad.getCampaign())
                .setCreative(ad.getCreative())
                .setVerdict(verdict)
                .setCostNanos(verdict == ImpressionVerdict.BILLED ? COST : 0)
                .setCurrency("EUR")
                .setServedAt(ad.getServedAt())
                .setShownAt(at(at).toEpochMilli())
                .build());
        return this;
    }

    Happened tells(String token) {
        shown.add(token);
        return this;
    }

    Happened grants(double at, String campaign, int partition, long ads) {
        grants.add(BudgetGrant.newBuilder()
                .setCampaign(campaign)
                .setPartition(partition)
                .setSequence(grants.size())
                .setGrantedNanos(ads * COST)
                .setVerdict(GrantVerdict.GRANTED)
                .setCurrency("EUR")
                .setAt(at(at).toEpochMilli())
                .build());
        return this;
    }

    Happened excuses(double from, double to) {
        excuses.add(new Disturbance(at(from), at(to)));
        return this;
    }

    Findings judged() {
        return judged(Duration.ofMillis(100));
    }

    Findings judged(Duration skew) {
        return Referee.judge(
                new Evidence(asked, shown, answers, served, impressions, grants, reports),
                new Terms(campaigns, placements, skew, Duration.ofSeconds(1), excuses));
    }
}
