package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import millrace.schemas.Ad;
import millrace.schemas.AdResponse;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerDecoderTest {

    private static final String TOPIC = "ad-responses";

    private final Wire wire = new Wire(InMemorySchemaRegistry.named("answer-decoder"), WireLimits.DEFAULT);
    private final RequestIds ids = new RequestIds(7);
    private final AnswerDecoder decoder = new AnswerDecoder(ids, wire);

    @BeforeEach
    void register() {
        wire.register(Map.of(TOPIC, AdResponse.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
    }

    @Test
    void aFilledAnswerIsReadPastItsMarkup() {
        Ad ad = Ad.newBuilder()
                .setToken("t")
                .setCreative("c")
                .setMarkup("<VAST>" + "x".repeat(3_000) + "</VAST>")
                .setPriceCpmMicros(1)
                .setCostNanos(1)
                .setCurrency("USD")
                .setExpiresAt(1)
                .build();

        assertThat(decoder.decode(answer(
                        ids.of(12), slot(Outcome.FILLED).setAds(List.of(ad)).build())))
                .contains(new Answer(12, Answer.FILLED));
    }

    @Test
    void aNoFillIsItsReason() {
        SlotAnswer shed =
                slot(Outcome.NO_FILL).setReason(NoFillReason.OVERLOADED).build();

        assertThat(decoder.decode(answer(ids.of(3), shed))).contains(new Answer(3, "OVERLOADED"));
    }

    @Test
    void aNoFillWithoutReasonIsItsOutcome() {
        assertThat(decoder.decode(answer(ids.of(3), slot(Outcome.NO_FILL).build())))
                .contains(new Answer(3, "NO_FILL"));
    }

    @Test
    void anAnswerWithoutSlotsIsARefusal() {
        assertThat(decoder.decode(answer(ids.of(4)))).contains(new Answer(4, Answer.REFUSED));
    }

    @Test
    void bytesThatAreNoAnswerEndTheLoad() {
        assertThatThrownBy(() -> decoder.decode(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an answer cannot be read");
    }

    @Test
    void theAnswerToSomebodyElseIsLeftOut() {
        assertThat(decoder.decode(answer("somebody-else"))).isEmpty();
    }

    private byte[] answer(String requestId, SlotAnswer... slots) {
        AdResponse response = AdResponse.newBuilder()
                .setRequestId(requestId)
                .setPlacement("preroll")
                .setSlots(List.of(slots))
                .setDecidedAt(1)
                .setTookMicros(1)
                .build();
        return wire.writer(TOPIC, AdResponse.class).write(response);
    }

    private static SlotAnswer.Builder slot(Outcome outcome) {
        return SlotAnswer.newBuilder().setSlotId("s").setOutcome(outcome);
    }
}
