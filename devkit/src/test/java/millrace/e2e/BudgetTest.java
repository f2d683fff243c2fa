package millrace.e2e;

import static millrace.e2e.Examples.COST_NANOS;
import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static millrace.e2e.World.newUserOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import millrace.delivery.Tokens;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.Ad;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money is exact on a running pipeline: nothing overspent, nothing billed twice, nothing billed on a false token. */
class BudgetTest {
    private static World world;
    private static TopicReader<Impression> impressions;
    private static TopicReader<BudgetRequest> reports;
    private static TopicReader<AdEvent> events;

    @BeforeAll
    static void start() {
        world = World.of("budget");
        impressions = world.read(world.stack.topics().impressions());
        reports = world.read(world.stack.topics().budgetRequests());
        events = world.read(world.stack.topics().adEvents());
        List.of("ten", "twice", "forged", "test")
                .forEach(id -> world.stack.put(placement(id).build()));
        world.stack.put(placement("short").setReservationMillis(1_000).build());
        world.stack.put(ownCampaign("ten", "ten").setBudgetNanos(budgetFor(10)).build());
        world.stack.put(
                ownCampaign("twice", "twice").setBudgetNanos(budgetFor(100)).build());
        world.stack.put(
                ownCampaign("forged", "forged").setBudgetNanos(budgetFor(100)).build());
        world.stack.put(
                ownCampaign("short", "short").setBudgetNanos(budgetFor(100)).build());
        world.stack.put(ownCampaign("test", "test").setBudgetNanos(budgetFor(1)).build());
        world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void moneyForTenAdsServesExactlyTenOverFourPartitions() {
        List<SlotAnswer> slots = new ArrayList<>();
        // Twelve on every partition at once: each alone would take all of the money, and asks for it.
        for (int wave = 0; wave < 5; wave++) {
            slots.addAll(wave(48));
        }

        assertThat(slots)
                .filteredOn(slot -> slot.getOutcome() == Outcome.FILLED)
                .as("ads served")
                .hasSize(10);
        assertThat(slots)
                .filteredOn(slot -> slot.getOutcome() == Outcome.NO_FILL)
                .extracting(SlotAnswer::getReason)
                .isSubsetOf(NoFillReason.BUDGET, NoFillReason.LEASE_EMPTY);
        assertThat(slots.getLast().getReason()).as("in the end").isEqualTo(NoFillReason.BUDGET);
    }

    private static List<SlotAnswer> wave(int size) {
        List<AdRequest> requests = IntStream.range(0, size)
                .mapToObj(i -> request(newUserOn(i % World.PARTITIONS), "ten")
                        .setDeadlineMillis(3_000)
                        .build())
                .toList();
        requests.forEach(request -> world.producer().ask(request));
        return requests.stream()
                .map(request -> world.answerTo(request.getId()).getSlots().getFirst())
                .toList();
    }

    @Test
    void impressionEventThatComesTwiceIsOneImpressionAndOneSpend() {
        String user = newUser();
        Ad ad = world.ad(request(user, "twice").build());

        world.producer().shown(ad.getToken());
        world.producer().shown(ad.getToken());

        // Both events are on the partition before this one.
        Ad later = world.ad(request(user, "twice").build());
        world.producer().shown(later.getToken());
        impressionOf(later);
        assertThat(impressions(ad)).singleElement().satisfies(impression -> {
            assertThat(impression.getVerdict()).isEqualTo(ImpressionVerdict.BILLED);
            assertThat(impression.getCostNanos()).isEqualTo(COST_NANOS);
            assertThat(impression.getCampaign()).isEqualTo("twice");
        });
        assertThat(awaitSpent("twice", 2 * COST_NANOS)).isEqualTo(2 * COST_NANOS);
    }

    @Test
    void forgedTokenIsNeverBilled() {
        String user = newUser();
        Ad ad = world.ad(request(user, "forged").build());
        int partition = Tokens.partitionOf(ad.getToken()).orElseThrow();

        world.producer().shown(withAnotherSignature(ad.getToken()));
        world.producer().shown(withAnotherReservation(ad.getToken()));
        world.producer().happenedOn(partition, shown("not a token"));
        world.producer().happenedOn((partition + 1) % World.PARTITIONS, shown(ad.getToken()));

        Ad genuine = world.ad(request(user, "forged").build());
        world.producer().shown(genuine.getToken());
        impressionOf(genuine);
        assertThat(impressions.values(each -> "forged".equals(each.getCampaign())))
                .extracting(Impression::getRequestId)
                .as("whose impressions were recorded")
                .containsExactly(impressionOf(genuine).getRequestId());
        assertThat(awaitSpent("forged", COST_NANOS)).isEqualTo(COST_NANOS);
    }

    @Test
    void impressionAfterTheReservationsEndIsRecordedButNotBilled() {
        String user = newUser();
        Ad late = world.ad(request(user, "short").build());
        events.await(
                PATIENCE,
                event -> event.value().getToken().equals(late.getToken())
                        && event.value().getKind() == AdEventKind.EXPIRE);

        world.producer().shown(late.getToken());

        Impression impression = impressionOf(late);
        assertThat(impression.getVerdict()).isEqualTo(ImpressionVerdict.LATE);
        assertThat(impression.getCostNanos()).isZero();
        Ad inTime = world.ad(request(user, "short").build());
        world.producer().shown(inTime.getToken());
        assertThat(impressionOf(inTime).getVerdict()).isEqualTo(ImpressionVerdict.BILLED);
        assertThat(awaitSpent("short", COST_NANOS)).isEqualTo(COST_NANOS);
    }

    @Test
    void testRequestIsServedButTakesNoMoney() {
        String user = newUser();
        for (int i = 0; i < 3; i++) {
            Ad ad = world.ad(request(user, "test").setTest(true).build());
            world.producer().shown(ad.getToken());
            assertThat(impressionOf(ad).getVerdict()).isEqualTo(ImpressionVerdict.FREE);
        }

        assertThat(world.decide(request(user, "test").build()).getOutcome())
                .as("the only ad that there is money for")
                .isEqualTo(Outcome.FILLED);
    }

    private static AdEvent shown(String token) {
        return AdEvent.newBuilder()
                .setToken(token)
                .setKind(AdEventKind.IMPRESSION)
                .build();
    }

    private static String withAnotherSignature(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (last == 'A' ? 'Q' : 'A');
    }

    private static String withAnotherReservation(String token) {
        char eighth = token.charAt(8);
        return token.substring(0, 8) + (eighth == 'A' ? 'B' : 'A') + token.substring(9);
    }

    private static Impression impressionOf(Ad ad) {
        return impressions
                .await(PATIENCE, received -> received.value().getId().equals(reservation(ad)))
                .value();
    }

    private static List<Impression> impressions(Ad ad) {
        return impressions.values(impression -> impression.getId().equals(reservation(ad)));
    }

    /** The reservation's id, as the token holds it: bytes 4 to 11. */
    private static String reservation(Ad ad) {
        byte[] bytes = Base64.getUrlDecoder().decode(ad.getToken());
        return HexFormat.of().formatHex(bytes, 4, 12);
    }

    /** Waits until the partitions have reported at least that much, and gives what they have reported then. */
    private static long awaitSpent(String campaign, long nanos) {
        await().atMost(PATIENCE).until(() -> spent(campaign) >= nanos);
        return spent(campaign);
    }

    /** The newest running total of each partition, added up. */
    private static long spent(String campaign) {
        return IntStream.range(0, World.PARTITIONS)
                .mapToLong(partition ->
                        reports
                                .values(report ->
                                        report.getCampaign().equals(campaign) && report.getPartition() == partition)
                                .stream()
                                .mapToLong(BudgetRequest::getSpentNanos)
                                .max()
                                .orElse(0))
                .sum();
    }
}
