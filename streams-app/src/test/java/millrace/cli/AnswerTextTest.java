package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import millrace.schemas.Ad;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerError;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    @Test
    void filledSlotSaysWhoseAdAndWhatItCosts() {
        assertThat(text(filled(ad(12_000_000).setCampaign("spring").setUpstream("alpha"))))
                .isEqualTo(
                        "r1  preroll  filled: campaign spring, creative c1 via alpha, EUR 12.00 cpm, token T  23 ms");
        assertThat(text(filled(ad(2_500_001)))).contains("open demand").contains("EUR 2.500001 cpm");
        assertThat(text(filled(ad(0).setHouse(true)))).contains("house ad").contains("EUR 0.00 cpm");
    }

    @Test
    void emptySlotSaysWhy() {
        assertThat(text(empty().setReason(NoFillReason.CAPPED).build())).isEqualTo("r1  preroll  empty: capped  23 ms");
        assertThat(text(empty().build())).contains("no reason given");
    }

    @Test
    void houseAdSaysWhyThereIsNothingBetter() {
        SlotAnswer house = SlotAnswer.newBuilder(filled(ad(0).setHouse(true)))
                .setReason(NoFillReason.TIMEOUT)
                .build();

        assertThat(text(house))
                .isEqualTo("r1  preroll  filled: house ad, creative c1, EUR 0.00 cpm, token T (timeout)  23 ms");
    }

    @Test
    void everySlotIsALine() {
        assertThat(text(empty().build(), empty().build()).lines()).hasSize(2);
    }

    @Test
    void requestThatCouldNotBeDecidedSaysWhy() {
        AdResponse response = AdResponse.newBuilder(response())
                .setError(AnswerError.newBuilder()
                        .setCode("unknown_placement")
                        .setMessage("placement is 'x'")
                        .build())
                .build();

        assertThat(AnswerText.of(response, Duration.ofMillis(23)))
                .isEqualTo("r1  error unknown_placement: placement is 'x'  23 ms");
    }

    private static String text(SlotAnswer... slots) {
        return AnswerText.of(response(slots), Duration.ofMillis(23));
    }

    private static AdResponse response(SlotAnswer... slots) {
        return AdResponse.newBuilder()
                .setRequestId("r1")
                .setPlacement("preroll")
                .setSlots(List.of(slots))
                .setDecidedAt(0)
                .setTookMicros(0)
                .build();
    }

    private static SlotAnswer.Builder empty() {
        return SlotAnswer.newBuilder().setSlotId("preroll").setOutcome(Outcome.NO_FILL);
    }

    private static SlotAnswer filled(Ad.Builder ad) {
        return SlotAnswer.newBuilder()
                .setSlotId("preroll")
                .setOutcome(Outcome.FILLED)
                .setAds(List.of(ad.build()))
                .build();
    }

    private static Ad.Builder ad(long micros) {
        return Ad.newBuilder()
                .setToken("T")
                .setCreative("c1")
                .setPriceCpmMicros(micros)
                .setCostNanos(micros)
                .setCurrency("EUR")
                .setExpiresAt(0);
    }
}
