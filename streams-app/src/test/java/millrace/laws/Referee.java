package millrace.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import millrace.delivery.Reply;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.DeadLetter;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.NoFillReason;
import millrace.schemas.Notice;
import millrace.schemas.ServedAd;
import millrace.schemas.SlotAnswer;
import org.jspecify.annotations.Nullable;

/** The model: what must be true of everything that tasks commit, in the order in which each of them did it. By its own arithmetic. */
final class Referee {
    private final Tally tally;
    private final Map<String, Integer> answers = new HashMap<>();
    private final Map<String, Ad> ads = new LinkedHashMap<>();
    private final Map<String, List<String>> unanswered = new HashMap<>();
    private final Map<String, Long> mostBudget = new HashMap<>();
    private final Set<String> notices = new HashSet<>();
    private final List<String> tokens = new ArrayList<>();
    private @Nullable String asking;
    private @Nullable ImpressionVerdict due;
    private String dueFor = "";

    Referee(Tally tally) {
        this.tally = tally;
    }

    enum State {
        RESERVED,
        SPENT,
        EXPIRED,
        LATE
    }

    /** A served ad and what became of it. */
    static final class Ad {
        final ServedAd served;
        State state = State.RESERVED;

        Ad(ServedAd served) {
            this.served = served;
        }

        boolean counts() {
            return state != State.EXPIRED;
        }
    }

    /** A campaign's budget, from now on. */
    void funded(Campaign campaign) {
        Long budget = campaign.getBudgetNanos();
        mostBudget.merge(campaign.getId(), budget == null ? Long.MAX_VALUE : budget, Math::max);
    }

    void asked(String requestId) {
        answers.putIfAbsent(requestId, 0);
    }

    void see(Fact fact) {
        switch (fact) {
            case Fact.In(var value, long timestamp) -> read(value, timestamp);
            case Fact.Out out -> {
                switch (out.value()) {
                    case ServedAd served -> served(served, out.catalog());
                    case Impression impression -> shown(impression);
                    case Reply reply -> answered(reply.response(), out);
                    case Notice notice ->
                        assertThat(notices.add(notice.getId()))
                                .as("notice %s is new", notice.getId())
                                .isTrue();
                    case DeadLetter letter -> throw new AssertionError("nothing sent here is to be refused: " + letter);
                    default -> {}
                }
            }
        }
    }

    private void read(Object value, long timestamp) {
        settled();
        asking = value instanceof AdRequest request ? request.getId() : null;
        if (!(value instanceof AdEvent event)) {
            return;
        }
        byte[] token = Base64.getUrlDecoder().decode(event.getToken());
        dueFor = HexFormat.of().formatHex(token, 4, 12);
        Ad ad = ads.get(dueFor);
        if (ad == null) {
            return; // Forged.
        }
        if (event.getKind() == AdEventKind.IMPRESSION) {
            due = verdict(ad);
            ad.state = ad.state == State.RESERVED ? State.SPENT : ad.state == State.EXPIRED ? State.LATE : ad.state;
        } else if (ad.state == State.RESERVED
                && timestamp >= ByteBuffer.wrap(token).getLong(12)) {
            ad.state = State.EXPIRED;
            tally.count("reservation EXPIRED");
        }
    }

    private static @Nullable ImpressionVerdict verdict(Ad ad) {
        return switch (ad.state) {
            case RESERVED -> ad.served.getCostNanos() == 0 ? ImpressionVerdict.FREE : ImpressionVerdict.BILLED;
            case EXPIRED -> ImpressionVerdict.LATE;
            case SPENT, LATE -> null;
        };
    }

    /** What the last event called for has come. */
    void settled() {
        assertThat(due).as("impression that is owed for %s", dueFor).isNull();
    }

    private void shown(Impression impression) {
        assertThat(impression.getId()).isEqualTo(dueFor);
        assertThat(impression.getVerdict()).as("verdict for %s", dueFor).isEqualTo(due);
        assertThat(impression.getCostNanos())
                .isEqualTo(due == ImpressionVerdict.BILLED ? ad(dueFor).served.getCostNanos() : 0);
        tally.count("impression " + due);
        due = null;
    }

    private void served(ServedAd served, Map<String, Campaign> catalog) {
        assertThat(ads.put(served.getId(), new Ad(served)))
                .as("token %s twice", served.getId())
                .isNull();
        unanswered
                .computeIfAbsent(served.getRequestId(), id -> new ArrayList<>())
                .add(served.getId());
        String id = served.getCampaign();
        if (id == null) {
            return;
        }
        Campaign campaign = Objects.requireNonNull(catalog.get(id));
        assertThat(campaign.getStatus()).as("status of %s", id).isEqualTo(CampaignStatus.ACTIVE);
        for (CapRule rule : campaign.getCaps()) {
            assertThat(most(served, rule)).as("ads under %s", rule).isLessThanOrEqualTo(rule.getLimit());
        }
        assertThat(out(id)).as("money of %s that is out", id).isLessThanOrEqualTo(mostBudget.get(id));
    }

    /** In the fullest window of the rule that has this ad. */
    private int most(ServedAd last, CapRule rule) {
        List<Ad> concerned = ads.values().stream()
                .filter(ad -> ad.counts() && same(rule.getScope(), ad.served, last))
                .toList();
        return concerned.stream()
                .map(end -> (int) concerned.stream()
                        .filter(ad -> together(rule, ad.served.getServedAt(), end.served.getServedAt()))
                        .count())
                .reduce(0, Math::max);
    }

    private static boolean same(CapScope scope, ServedAd a, ServedAd b) {
        return a.getUserKey().equals(b.getUserKey())
                && !a.getHouse()
                && switch (scope) {
                    case CAMPAIGN -> Objects.equals(a.getCampaign(), b.getCampaign());
                    case CREATIVE -> a.getCreative().equals(b.getCreative());
                    case ADVERTISER -> Objects.equals(a.getAdvertiser(), b.getAdvertiser());
                    case PLACEMENT -> a.getPlacement().equals(b.getPlacement());
                    case UPSTREAM -> Objects.equals(a.getUpstream(), b.getUpstream());
                    case USER -> true;
                    default -> throw new AssertionError("the model does not know " + scope);
                };
    }

    private static boolean together(CapRule rule, long earlier, long end) {
        if (rule.getWindow() == CapWindow.ROLLING) {
            return earlier <= end && end - earlier < rule.getWindowMillis();
        }
        return hour(earlier).equals(hour(end));
    }

    private static String hour(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toString().substring(0, 13);
    }

    private void answered(AdResponse answer, Fact.Out out) {
        assertThat(answers.merge(answer.getRequestId(), 1, Integer::sum))
                .as("answers to %s", answer.getRequestId())
                .isEqualTo(1);
        answer.getSlots().stream().flatMap(slot -> slot.getAds().stream()).forEach(ad -> tokens.add(ad.getToken()));
        List<String> shown = answer.getSlots().stream()
                .flatMap(slot -> slot.getAds().stream())
                .map(ad -> HexFormat.of().formatHex(Base64.getUrlDecoder().decode(ad.getToken()), 4, 12))
                .toList();
        assertThat(shown)
                .as("ads of %s", answer.getRequestId())
                .hasSameElementsAs(Objects.requireNonNullElse(unanswered.remove(answer.getRequestId()), List.of()));
        for (SlotAnswer slot : answer.getSlots()) {
            tally.count("answer " + (slot.getReason() == null ? slot.getOutcome() : slot.getReason()));
            if (slot.getReason() == NoFillReason.CAPPED && answer.getRequestId().equals(asking)) {
                assertThat(out.catalog().values())
                        .as("campaigns that are full for %s at %d", out.key(), out.at())
                        .anyMatch(campaign -> isFull(campaign, out.key(), answer.getPlacement(), out.at()));
            }
        }
    }

    private boolean isFull(Campaign campaign, String user, String placement, long at) {
        return campaign.getCaps().stream().anyMatch(rule -> {
            List<Ad> concerned = ads.values().stream()
                    .filter(ad -> ad.counts() && ad.served.getUserKey().equals(user) && !ad.served.getHouse())
                    .filter(ad -> rule.getScope() != CapScope.CAMPAIGN
                            || campaign.getId().equals(ad.served.getCampaign()))
                    .filter(ad -> rule.getScope() != CapScope.PLACEMENT || placement.equals(ad.served.getPlacement()))
                    .filter(ad -> together(rule, ad.served.getServedAt(), at))
                    .toList();
            return concerned.size() >= rule.getLimit();
        });
    }

    // ---- sums

    private Ad ad(String id) {
        return Objects.requireNonNull(ads.get(id), id);
    }

    List<Ad> ads() {
        return List.copyOf(ads.values());
    }

    /** Of the ads in committed answers, in their order. */
    List<String> tokens() {
        return tokens;
    }

    Map<String, Integer> answers() {
        return answers;
    }

    long spent(String campaign) {
        return sum(campaign, State.SPENT);
    }

    long reserved(String campaign) {
        return sum(campaign, State.RESERVED);
    }

    long out(String campaign) {
        return spent(campaign) + reserved(campaign);
    }

    private long sum(String campaign, State state) {
        return ads.values().stream()
                .filter(ad -> ad.state == state && campaign.equals(ad.served.getCampaign()))
                .mapToLong(ad -> ad.served.getCostNanos())
                .sum();
    }
}
