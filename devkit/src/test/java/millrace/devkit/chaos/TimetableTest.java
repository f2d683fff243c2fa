package millrace.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import millrace.config.Guarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
    private static final List<Fault> ALL = Arrays.asList(Fault.values());

    private static ChaosPlan plan(long seconds, List<Fault> faults, long seed) {
        return new ChaosPlan(Duration.ofSeconds(seconds), 3, 150, Guarantee.EXACTLY_ONCE_V2, faults, seed);
    }

    @Test
    void sameSeedIsTheSameTimetable() {
        assertThat(Timetable.of(plan(600, ALL, 7))).isEqualTo(Timetable.of(plan(600, ALL, 7)));
        assertThat(Timetable.of(plan(600, ALL, 7))).isNotEqualTo(Timetable.of(plan(600, ALL, 8)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void defaultRunHasEveryFault(long seed) {
        Timetable timetable = Timetable.of(plan(120, ALL, seed));

        Set<Fault> seen = new HashSet<>();
        Stream.concat(timetable.alone().stream(), timetable.beside().stream()).forEach(step -> seen.add(step.fault()));
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        ALL.stream().filter(fault -> !fault.isConstant()).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingOverlapsWhatMustBeAloneAndTheEndsAreCalm(long seed) {
        Timetable timetable = Timetable.of(plan(600, ALL, seed));

        Duration end = ChaosPlan.CALM;
        for (Step step : timetable.alone()) {
            assertThat(step.at()).isGreaterThanOrEqualTo(end);
            end = step.at().plus(step.fault().alone());
        }
        assertThat(end).isLessThanOrEqualTo(Duration.ofMinutes(10).minus(ChaosPlan.CALM));
        assertThat(timetable.beside()).allMatch(step -> step.at().compareTo(ChaosPlan.CALM) >= 0);
    }

    @Test
    void longRunHasEachFaultSeveralTimes() {
        Timetable timetable = Timetable.of(plan(600, ALL, 1));

        assertThat(timetable.alone().stream().filter(step -> step.fault() == Fault.KILL))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void onlySelectedFaultsCome() {
        Timetable timetable = Timetable.of(plan(60, Fault.parse("kill, poison"), 1));

        assertThat(timetable.alone()).isNotEmpty().allMatch(step -> step.fault() == Fault.KILL);
        assertThat(timetable.beside()).isNotEmpty().allMatch(step -> step.fault() == Fault.POISON);
    }

    @Test
    void withoutFaultsNothingComes() {
        Timetable timetable = Timetable.of(plan(30, List.of(), 1));

        assertThat(timetable.alone()).isEmpty();
        assertThat(timetable.beside()).isEmpty();
    }

    @Test
    void tooShortADurationIsRefusedWithTheOneItNeeds() {
        assertThatThrownBy(() -> plan(30, List.of(Fault.KILL, Fault.SCALE), 1))
                .hasMessageContaining("--duration is 30 s; these faults need 45 s");
    }

    @Test
    void unknownFaultIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Fault.parse("kill,flood"))
                .hasMessageContaining("fault 'flood' is unknown; there are kill, revive, kills,");
    }
}
