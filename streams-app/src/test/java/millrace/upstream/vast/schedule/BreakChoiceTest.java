package millrace.upstream.vast.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import millrace.schemas.AdRequest;
import millrace.schemas.Content;
import millrace.schemas.Player;
import millrace.schemas.Slot;
import millrace.upstream.Ask;
import millrace.upstream.vast.Xml;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.reader.DocumentReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakChoiceTest {
    private final AdRequest.Builder request =
            AdRequest.newBuilder(Ask.upstream("https://tag.example/").call().request());

    /** Breaks named after their offsets. */
    private static VmapDocument schedule(String... offsets) {
        return document(Stream.of(offsets)
                .map(offset ->
                        "<AdBreak breakType=\"linear\" breakId=\"" + offset + "\" timeOffset=\"" + offset + "\"/>"));
    }

    private static VmapDocument document(Stream<String> breaks) {
        String xml = "<VMAP version=\"1.0\">" + String.join("", breaks.toList()) + "</VMAP>";
        return (VmapDocument) DocumentReader.read(Xml.bytes(xml));
    }

    private static Slot slot(String id, @Nullable Integer delay) {
        return Slot.newBuilder().setId(id).setStartDelay(delay).build();
    }

    private List<String> meant(Slot slot, VmapDocument schedule) {
        return BreakChoice.of(slot, request.build()).of(schedule).stream()
                .map(AdBreak::id)
                .toList();
    }

    @ParameterizedTest(name = "a slot with a delay of {0} is {1}")
    @CsvSource({
        "0, start",
        "-2, end",
        "600, 00:10:00.250",
        "1200, 00:20:00",
        "1199, 00:10:00.250",
        "9999, 00:20:00",
        "-1, 00:10:00.250"
    })
    void slotsDelaySaysWhichBreakItIs(int delay, String id) {
        assertThat(meant(slot("s", delay), schedule("end", "start", "00:10:00.250", "00:20:00")))
                .containsExactly(id);
    }

    @ParameterizedTest(name = "a slot at position {0} is {1}")
    @CsvSource({"1, start", "2, 00:10:00", "3, end", "0, 00:10:00", "4, 00:10:00"})
    void withoutADelayThePositionSaysIt(int position, String id) {
        Slot slot = Slot.newBuilder(slot("s", null)).setBreakPosition(position).build();

        assertThat(meant(slot, schedule("00:10:00", "start", "end"))).containsExactly(id);
    }

    @Test
    void delayCountsMoreThanThePosition() {
        Slot slot = Slot.newBuilder(slot("s", 0)).setBreakPosition(3).build();

        assertThat(meant(slot, schedule("end", "start"))).containsExactly("start");
    }

    @Test
    void slotThatDoesNotSayIsTheFirstBreak() {
        assertThat(meant(slot("s", null), schedule("00:10:00", "start"))).containsExactly("00:10:00");
        assertThat(meant(slot("s", null), schedule("whenever", "start"))).containsExactly("whenever");
    }

    @Test
    void momentsHaveMoreThanOneName() {
        request.setContent(Content.newBuilder().setLengthSeconds(1000).build());
        VmapDocument schedule = schedule("0%", "00:00:00", "50%", "00:08:20", "100%", "00:16:40");

        assertThat(meant(slot("s", 0), schedule)).containsExactly("0%", "00:00:00");
        assertThat(meant(slot("s", 500), schedule)).containsExactly("50%", "00:08:20");
        assertThat(meant(slot("s", -2), schedule)).containsExactly("100%", "00:16:40");
    }

    @Test
    void breakBeforeItsTimeIsNotMeant() {
        assertThat(meant(slot("s", 599), schedule("start", "00:10:00", "end"))).isEmpty();
        assertThat(meant(slot("s", 0), schedule("00:10:00"))).isEmpty();
        assertThat(meant(slot("s", -2), schedule("start"))).isEmpty();
    }

    @Test
    void breakThatRepeatsIsMeantUntilAnotherComes() {
        VmapDocument schedule = document(Stream.of(
                "<AdBreak breakType=\"linear\" breakId=\"every\" timeOffset=\"start\" repeatAfter=\"00:10:00\"/>",
                "<AdBreak breakType=\"linear\" breakId=\"once\" timeOffset=\"00:25:00\"/>"));

        assertThat(meant(slot("s", 0), schedule)).containsExactly("every");
        assertThat(meant(slot("s", 60), schedule)).isEmpty();
        assertThat(meant(slot("s", 1200), schedule)).containsExactly("every");
        assertThat(meant(slot("s", 1500), schedule)).containsExactly("once");
        assertThat(meant(slot("s", 1800), schedule)).containsExactly("every");
    }

    @Test
    void breakThatRepeatsAfterNoTimeComesOnce() {
        VmapDocument schedule = document(Stream.of(
                "<AdBreak breakType=\"linear\" breakId=\"b\" timeOffset=\"00:10:00\" repeatAfter=\"00:00:00\"/>"));

        assertThat(meant(slot("s", 1200), schedule)).containsExactly("b");
    }

    @Test
    void onlyLinearBreaksAreFilledWithLinearAds() {
        VmapDocument schedule = document(Stream.of(
                "<AdBreak breakType=\"nonlinear\" breakId=\"overlay\" timeOffset=\"start\"/>",
                "<AdBreak breakType=\"display, Linear\" breakId=\"both\" timeOffset=\"start\"/>",
                "<AdBreak breakId=\"unsaid\" timeOffset=\"start\"/>",
                "<AdBreak breakType=\"display\" breakId=\"banner\" timeOffset=\"start\"/>"));

        assertThat(meant(slot("s", 0), schedule)).containsExactly("both", "unsaid");
        assertThat(meant(slot("s", null), schedule)).containsExactly("both", "unsaid");
    }

    @Test
    void midRollsWithoutATimeAreCountedThrough() {
        Slot first = slot("m1", -1);
        Slot second = slot("m2", -1);
        Slot third = slot("m3", -1);
        request.setSlots(List.of(slot("pre", 0), first, second, third));

        VmapDocument timed = schedule("start", "00:10:00", "00:10:00", "00:20:00", "end");
        assertThat(meant(first, timed)).containsExactly("00:10:00", "00:10:00");
        assertThat(meant(second, timed)).containsExactly("00:20:00");
        assertThat(meant(third, timed)).isEmpty();

        VmapDocument numbered = schedule("#3", "#1", "#2");
        assertThat(meant(first, numbered)).containsExactly("#1");
        assertThat(meant(third, numbered)).containsExactly("#3");
    }

    @Test
    void loneMidRollIsWhereThePlayerIs() {
        request.setPlayer(
                Player.newBuilder().setContentPlayheadMillis(1_300_000L).build());

        assertThat(meant(slot("s", -1), schedule("start", "00:10:00", "00:20:00", "end")))
                .containsExactly("00:20:00");
    }

    @Test
    void percentagesOfContentOfUnknownLengthAreCountedThrough() {
        Slot second = slot("m2", 1200);
        request.setSlots(List.of(slot("m1", 600), second));

        assertThat(meant(second, schedule("start", "25%", "50%"))).containsExactly("50%");
        assertThat(meant(second, schedule("start", "25%", "00:30:00"))).isEmpty();
    }
}
