package millrace.devkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import millrace.schemas.Campaign;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;
import millrace.wire.RecordClasses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final long CENT = 10_000_000;

    @BeforeAll
    static void recordsMayBeMade() {
        RecordClasses.trust(Campaign.class);
    }

    @Test
    void campaignsAccountAddsUpWhatWasServedAndWhatWasBilled() {
        List<Ledgers.Account> accounts = Ledgers.of(
                List.of(campaign("cars", 3 * CENT)),
                List.of(served("cars"), served("cars"), served(null)),
                List.of(
                        impression("cars", ImpressionVerdict.BILLED, CENT),
                        impression("cars", ImpressionVerdict.LATE, 0),
                        impression(null, ImpressionVerdict.FREE, 0)));

        assertThat(accounts).singleElement().satisfies(cars -> {
            assertThat(cars.served()).isEqualTo(2);
            assertThat(cars.billed()).isEqualTo(1);
            assertThat(cars.spentNanos()).isEqualTo(CENT);
            assertThat(cars.isExhausted()).isFalse();
        });
    }

    @Test
    void budgetThatHoldsNoFurtherAdIsExhausted() {
        List<Ledgers.Account> accounts = Ledgers.of(
                List.of(campaign("cars", 2 * CENT + 1), campaign("tea", null)),
                List.of(served("cars"), served("cars"), served("tea")),
                List.of());

        assertThat(accounts).extracting(Ledgers.Account::isExhausted).containsExactly(true, false);
    }

    @Test
    void tableSaysWhatAPersonWantsToKnow() {
        Summary summary = new Summary(
                100,
                60,
                Duration.ofMillis(6_540),
                Map.of("filled", 75, "no fill (capped)", 25),
                IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList(),
                Ledgers.of(
                        List.of(campaign("cars", CENT)),
                        List.of(served("cars")),
                        List.of(impression("cars", ImpressionVerdict.BILLED, CENT))),
                new Metrics(Map.of("millrace_caps_refusals_total{scope=\"campaign\"}", 7.0)));

        assertThat(String.join("\n", summary.lines()))
                .contains("100 requests of 60 viewers, 100 answers in 6.5 s")
                .containsPattern("filled +75 +75.0 %")
                .containsPattern("no fill \\(capped\\) +25 +25.0 %")
                .containsPattern("answered within +50 ms at p50, 99 ms at p99")
                .containsPattern("caps that refused +campaign 7")
                .containsPattern("cars +1 +1 +0.01 EUR +0.01 EUR +budget exhausted");
    }

    private static Campaign campaign(String id, @Nullable Long budgetNanos) {
        return Campaign.newBuilder()
                .setId(id)
                .setAdvertiser("a.example")
                .setCurrency("EUR")
                .setPriceCpmMicros(CENT)
                .setBudgetNanos(budgetNanos)
                .build();
    }

    private static ServedAd served(@Nullable String campaign) {
        return ServedAd.newBuilder()
                .setId("0123456789abcdef")
                .setRequestId("r")
                .setSlotId("s")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign(campaign)
                .setCreative("c")
                .setPriceCpmMicros(CENT)
                .setCostNanos(CENT)
                .setCurrency("EUR")
                .setServedAt(0)
                .setExpiresAt(1)
                .build();
    }

    private static Impression impression(@Nullable String campaign, ImpressionVerdict verdict, long cost) {
        return Impression.newBuilder()
                .setId("0123456789abcdef")
                .setRequestId("r")
                .setPlacement("p")
                .setUserKey("u")
                .setCampaign(campaign)
                .setCreative("c")
                .setVerdict(verdict)
                .setCostNanos(cost)
                .setCurrency("EUR")
                .setServedAt(0)
                .setShownAt(1)
                .build();
    }
}
