package millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestCheckTest {
    /** Of three bytes each when it is written: what a byte that is no text is read as. */
    private static final String NO_TEXT = "\uFFFD";

    @Test
    void ordinaryRequestHasNoFaults() {
        assertThat(RequestCheck.faults(request().build())).isEmpty();
    }

    @Test
    void everyFaultIsTold() {
        AdRequest request = request()
                .setPlacement(" ")
                .setDeadlineMillis(0)
                .setCurrencies(List.of("EUR", "euro"))
                .build();

        assertThat(RequestCheck.faults(request))
                .containsExactly(
                        "placement is \" \"; allowed are 1 to 128 printable characters",
                        "deadlineMillis is 0; allowed is 1 to 60000",
                        "currencies holds \"euro\"; allowed are ISO 4217 codes such as USD");
    }

    @Test
    void ofVeryManyFaultsTheFirstAreToldAndTheOthersCounted() {
        List<Slot> wrong = IntStream.range(0, 50)
                .mapToObj(i -> Slot.newBuilder()
                        .setId("s" + i)
                        .setFloorCpmMicros(-1L)
                        .setMinDurationMillis(-2)
                        .setMaxDurationMillis(-3)
                        .build())
                .toList();

        List<String> faults = RequestCheck.faults(request().setSlots(wrong).build());

        assertThat(faults).hasSize(RequestCheck.FAULT_LIMIT + 1).endsWith("and 100 more");
    }

    @ParameterizedTest
    @MethodSource("floods")
    void faultsAndEchoOfAFloodStaySmall(AdRequest flood) {
        assertThat(String.join("; ", RequestCheck.faults(flood))).hasSizeBetween(1, 30_000);
        AdRequest echo = Echo.of(flood);
        int slots =
                echo.getSlots().stream().mapToInt(slot -> slot.getId().length()).sum();
        assertThat(echo.getSlots()).hasSizeLessThanOrEqualTo(RequestCheck.SLOT_LIMIT);
        assertThat(echo.getId().length() + echo.getPlacement().length() + slots).isLessThan(60_000);
    }

    static Stream<AdRequest> floods() {
        String tooLong = NO_TEXT.repeat(500_000);
        return Stream.of(
                request().setId(tooLong).build(),
                request().setPlacement(tooLong).build(),
                request()
                        .setCurrencies(Collections.nCopies(100_000, NO_TEXT.repeat(40)))
                        .build(),
                request().setSlots(Collections.nCopies(100_000, slot(""))).build(),
                request()
                        .setSlots(Collections.nCopies(50, slot(NO_TEXT.repeat(10_000))))
                        .build());
    }

    private static Slot slot(String id) {
        return Slot.newBuilder().setId(id).build();
    }

    private static AdRequest.Builder request() {
        return AdRequest.newBuilder().setId("r1").setPlacement("preroll");
    }
}
