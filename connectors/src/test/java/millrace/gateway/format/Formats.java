package millrace.gateway.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.gateway.http.Call;
import millrace.schemas.Ad;
import millrace.schemas.AdResponse;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import org.jspecify.annotations.Nullable;

/** Calls and answers that differ only in what a test is about. */
final class Formats {
    static final Instant NOW = Instant.ofEpochMilli(1_793_644_800_000L);
    static final Times TIMES = new Times(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(100));
    static final Arrival ARRIVAL = new Arrival("new-id", NOW, TIMES);
    static final String TOKEN = "T".repeat(48);
    static final String VAST = "<VAST version=\"4.2\"><Ad id=\"1\"/></VAST>";

    private Formats() {}

    static Call get(String path, Map<String, String> parameters) {
        return get(path, parameters, Map.of());
    }

    static Call get(String path, Map<String, String> parameters, Map<String, String> headers) {
        return Call.get(path, parameters, headers, "198.51.100.7");
    }

    static Call post(String path, String body) {
        return new Call("POST", path, Map.of(), Map.of("user-agent", "Player/1"), body.getBytes(UTF_8), "198.51.100.7");
    }

    static Asked asked(AdFormat format, Call call) {
        return switch (format.read(call, ARRIVAL)) {
            case Checked.Valid<Asked>(Asked asked) -> asked;
            case Checked.Invalid<Asked>(List<Fault> faults) -> throw new AssertionError(faults.toString());
        };
    }

    /** One line a fault. */
    static String faults(AdFormat format, Call call) {
        return switch (format.read(call, ARRIVAL)) {
            case Checked.Valid<Asked>(Asked asked) -> throw new AssertionError("nothing is wrong with " + asked);
            case Checked.Invalid<Asked>(List<Fault> faults) ->
                faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
        };
    }

    static Ad.Builder ad(@Nullable String markup) {
        return Ad.newBuilder()
                .setToken(TOKEN)
                .setCampaign("spring-cars")
                .setCreative("film-1")
                .setAdvertiser("cars.example")
                .setMarkup(markup)
                .setDurationMillis(15_500)
                .setPriceCpmMicros(2_500_000)
                .setCostNanos(2_500_000)
                .setCurrency("EUR")
                .setExpiresAt(NOW.plusSeconds(600).toEpochMilli());
    }

    static SlotAnswer filled(String slot, Ad... ads) {
        return SlotAnswer.newBuilder()
                .setSlotId(slot)
                .setOutcome(Outcome.FILLED)
                .setAds(List.of(ads))
                .build();
    }

    static AdResponse answer(SlotAnswer... slots) {
        return AdResponse.newBuilder()
                .setRequestId("r")
                .setPlacement("preroll")
                .setSlots(List.of(slots))
                .setDecidedAt(NOW.toEpochMilli())
                .setTookMicros(1)
                .build();
    }

    static SlotAnswer empty(String slot) {
        return SlotAnswer.newBuilder()
                .setSlotId(slot)
                .setOutcome(Outcome.NO_FILL)
                .build();
    }
}
