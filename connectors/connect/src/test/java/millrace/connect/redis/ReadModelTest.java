package millrace.connect.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import millrace.connect.avro.Records;
import millrace.connect.row.Pseudonyms;
import millrace.schemas.BudgetBalance;
import millrace.schemas.BudgetEntry;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.EntryCause;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;
import millrace.wire.RecordClasses;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class ReadModelTest {
    static {
        RecordClasses.trust(Campaign.class);
    }

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms("hash.secret", "a secret of the test");
    private static final String U1 = PSEUDONYMS.of("u1");

    private final Records records = new Records();
    private final ReadModel model = new ReadModel(new Keys("m:"), PSEUDONYMS);

    @Test
    void balanceSaysWhatIsLeftToTheNano() {
        List<Change> changes = model.entry(struct(entry(7, new BudgetBalance(9_007_199_254_740_993L, 1L, 2L, 3L))));

        assertThat(changes).hasSize(1);
        Change.Balance balance = (Change.Balance) changes.getFirst();
        assertThat(balance.key()).isEqualTo("m:budget:tea");
        assertThat(balance.number()).isEqualTo(7);
        Struct total = struct(entry(7, new BudgetBalance(9_007_199_254_740_993L, 1L, 2L, 3L)))
                .getStruct("total");
        long spent = total.getInt64("spentNanos");
        assertThat(balance.fields())
                .containsEntry("limit_nanos", "9007199254740993")
                .containsEntry("remaining_nanos", Long.toString(9_007_199_254_740_993L - spent))
                .containsEntry("ungranted_nanos", "9007199254740987");
    }

    @Test
    void budgetWithoutALimitHasNothingRemainingToTell() {
        Change.Balance balance = (Change.Balance) model.entry(struct(entry(1, new BudgetBalance(null, 1L, 2L, 3L))))
                .getFirst();

        assertThat(balance.fields()).containsEntry("limit_nanos", "").containsEntry("remaining_nanos", "");
    }

    @Test
    void dailyBudgetHasAKeyForItsDay() {
        BudgetEntry entry = BudgetEntry.newBuilder(entry(1, new BudgetBalance(9L, 1L, 0L, 0L)))
                .setDay(new BudgetBalance(5L, 1L, 0L, 0L))
                .setBudgetDay(20_000)
                .build();

        assertThat(model.entry(struct(entry)))
                .extracting(change -> ((Change.Balance) change).key())
                .containsExactly("m:budget:tea", "m:budget:tea:20000");
    }

    @Test
    void impressionTakesThePlaceOfItsReservation() {
        Change.Held held = (Change.Held) model.served(struct(served().build())).getFirst();
        Change.Shown shown = (Change.Shown)
                model.impression(struct(impression(ImpressionVerdict.BILLED))).getFirst();

        assertThat(held.key()).isEqualTo("m:caps:{" + U1 + "}:held");
        assertThat(held.expiresAt()).isEqualTo(2_000);
        assertThat(shown.key()).isEqualTo("m:caps:{" + U1 + "}:shown");
        assertThat(shown.heldKey()).isEqualTo(held.key());
        assertThat(shown.ad())
                .isEqualTo(held.ad())
                .isEqualTo("[\"00ff\",\"1000\",\"tea\",\"c1\",\"tea.example\",\"preroll\",\"alpha\"]");
    }

    @Test
    void lateImpressionCountsAndFreeAdsDoNot() {
        assertThat(model.impression(struct(impression(ImpressionVerdict.LATE)))).hasSize(1);
        assertThat(model.impression(struct(impression(ImpressionVerdict.FREE)))).isEmpty();
        assertThat(model.served(struct(served().setHouse(true).build()))).isEmpty();
        assertThat(model.served(struct(served().setTest(true).build()))).isEmpty();
        assertThat(model.served(struct(served().setUserKey("").build()))).isEmpty();
    }

    @Test
    void campaignKeepsItsTermsAndRules() {
        Campaign campaign = Campaign.newBuilder()
                .setId("tea")
                .setAdvertiser("tea.example")
                .setCurrency("EUR")
                .setPriceCpmMicros(6_500_000)
                .setCaps(List.of(CapRule.newBuilder()
                        .setScope(CapScope.USER)
                        .setLimit(20)
                        .setWindow(CapWindow.ROLLING)
                        .setWindowMillis(60_000)
                        .build()))
                .build();

        Change.Terms terms =
                (Change.Terms) model.campaign("tea", struct(campaign)).getFirst();

        assertThat(terms.key()).isEqualTo("m:campaign:tea");
        assertThat(terms.fields())
                .containsEntry("status", "ACTIVE")
                .containsEntry("budget_nanos", "")
                .containsEntry(
                        "caps",
                        "[{\"scope\":\"USER\",\"limit\":20,\"window\":\"ROLLING\",\"windowMillis\":60000,\"zone\":\"UTC\"}]");
        assertThat(model.removed("tea")).containsExactly(new Change.Ended("m:campaign:tea"));
    }

    @Test
    void settingsThatCannotWorkAreRefusedBeforeThereAreTasks() {
        assertThatThrownBy(() -> new RedisSink()
                        .start(Map.of("redis.url", "http://u:word@h", "hash.secret", "a secret of the test")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("redis://")
                .hasMessageNotContaining("word");
        assertThatThrownBy(() -> new RedisSink().start(Map.of("redis.url", "redis://h", "hash.secret", "short")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hash.secret");
    }

    private Struct struct(IndexedRecord record) {
        return (Struct) records.struct(record).value();
    }

    private static BudgetEntry entry(long number, BudgetBalance total) {
        return BudgetEntry.newBuilder()
                .setCampaign("tea")
                .setNumber(number)
                .setCause(EntryCause.REPORT)
                .setPartition(0)
                .setCurrency("EUR")
                .setTotal(total)
                .setDay(null)
                .setAt(5)
                .build();
    }

    private static ServedAd.Builder served() {
        return ServedAd.newBuilder()
                .setId("00ff")
                .setRequestId("r")
                .setSlotId("s")
                .setPlacement("preroll")
                .setUserKey("u1")
                .setSessionId(null)
                .setCampaign("tea")
                .setCreative("c1")
                .setAdvertiser("tea.example")
                .setUpstream("alpha")
                .setPriceCpmMicros(1)
                .setCostNanos(1)
                .setCurrency("EUR")
                .setServedAt(1_000)
                .setExpiresAt(2_000)
                .setCountry(null);
    }

    private static Impression impression(ImpressionVerdict verdict) {
        return Impression.newBuilder()
                .setId("00ff")
                .setRequestId("r")
                .setPlacement("preroll")
                .setUserKey("u1")
                .setCampaign("tea")
                .setCreative("c1")
                .setAdvertiser("tea.example")
                .setUpstream("alpha")
                .setVerdict(verdict)
                .setCostNanos(1)
                .setCurrency("EUR")
                .setServedAt(1_000)
                .setShownAt(1_500)
                .build();
    }
}
