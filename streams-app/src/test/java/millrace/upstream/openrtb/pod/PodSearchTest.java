package millrace.upstream.openrtb.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodSearchTest {
    private static final List<Wish> WISHES = List.of(Wish.values());

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheBestOfAllFillings(long seed) {
        Pod pod = any(seed, 13, 5);

        assertThat(value(pod, PodSearch.best(pod, 1))).isEqualTo(bestByTryingAll(pod));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatItFindsFits(long seed) {
        Pod pod = any(seed, 120, 12);
        Filling filling = new Filling(pod);

        for (int number : PodSearch.best(pod, 5000)) {
            assertThat(filling.fits(number)).isTrue();
            filling.add(number);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void littleEffortIsNeverWorseThanGreed(long seed) {
        Pod pod = any(seed, 120, 12);

        assertThat(value(pod, PodSearch.best(pod, 1)))
                .isGreaterThanOrEqualTo(PodSearch.greedy(pod).value());
        assertThat(value(pod, PodSearch.best(pod, 20_000))).isGreaterThanOrEqualTo(value(pod, PodSearch.best(pod, 1)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sameEffortFindsTheSame(long seed) {
        Pod pod = any(seed, 80, 10);

        assertThat(PodSearch.best(pod, 3000)).isEqualTo(PodSearch.best(pod, 3000));
    }

    @Test
    void twoShortAdsBeatALongOneThatPaysMoreThanEach() {
        Pod pod = new Pod(List.of(new Part(4, 60)), true, true, List.of(ad(10, 60), ad(6, 30), ad(6, 30)), 0);

        assertThat(PodSearch.best(pod, 1)).containsExactly(1, 2);
    }

    @Test
    void onlyOneAdIsFirst() {
        Pod pod = new Pod(
                List.of(new Part(4, 60)),
                true,
                true,
                List.of(
                        new Choice(0, 6, 15, Wish.FIRST),
                        new Choice(0, 5, 15, Wish.FIRST),
                        new Choice(0, 4, 15, Wish.FIRST_OR_LAST),
                        new Choice(0, 3, 15, Wish.LAST),
                        new Choice(0, 1, 15, Wish.ANYWHERE)),
                0);

        assertThat(PodSearch.best(pod, 1)).containsExactly(0, 2, 4);
    }

    @Test
    void firstThatASlotHasIsNotGivenAway() {
        Pod pod = new Pod(
                List.of(new Part(1, Part.ANY_TIME), new Part(2, 60)),
                false,
                true,
                List.of(new Choice(1, 9, 30, Wish.FIRST), new Choice(1, 1, 30, Wish.LAST), ad(5, 30)),
                0);

        assertThat(PodSearch.best(pod, 1)).containsExactly(1, 2);
    }

    @Test
    void timeBeyondAnyClockCostsNothing() {
        List<Choice> ads = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            ads.add(new Choice(0, 1_000 - i, Integer.MAX_VALUE / 7 - i, Wish.ANYWHERE, i % 300));
        }
        Pod pod = new Pod(List.of(new Part(Integer.MAX_VALUE, Integer.MAX_VALUE - 5)), true, true, ads, 300);

        assertThat(value(pod, PodSearch.best(pod, 20_000))).isGreaterThanOrEqualTo(7L * 990);
    }

    private static Choice ad(long value, int seconds) {
        return new Choice(0, value, seconds, Wish.ANYWHERE);
    }

    private static Pod any(long seed, int most, int slots) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Part> parts = new ArrayList<>();
        int shared = random.nextInt(1, slots);
        parts.add(new Part(shared, random.nextInt(30, 120)));
        while (parts.size() < 3 && random.nextBoolean()) {
            parts.add(new Part(1, Part.ANY_TIME));
        }
        int traits = random.nextInt(2, 12);
        List<Choice> choices = new ArrayList<>();
        int size = random.nextInt(1, most);
        for (int i = 0; i < size; i++) {
            int part = random.nextInt(parts.size());
            int[] shares = random.nextInt(3) == 0
                    ? new int[0]
                    : random.ints(0, traits)
                            .distinct()
                            .limit(random.nextInt(1, 3))
                            .toArray();
            Wish wish = part > 0 || random.nextInt(3) > 0 ? Wish.ANYWHERE : WISHES.get(random.nextInt(WISHES.size()));
            choices.add(new Choice(part, random.nextInt(1, 30), random.nextInt(1, 7) * 5, wish, shares));
        }
        choices.sort(Comparator.comparingLong(Choice::value).reversed());
        return new Pod(parts, random.nextInt(4) > 0, random.nextInt(4) > 0, choices, traits);
    }

    private static long value(Pod pod, int[] chosen) {
        return IntStream.of(chosen)
                .mapToLong(number -> pod.choices().get(number).value())
                .sum();
    }

    private static long bestByTryingAll(Pod pod) {
        long best = 0;
        for (int set = 0; set < 1 << pod.choices().size(); set++) {
            long value = valueIfItFits(pod, set);
            best = Math.max(best, value);
        }
        return best;
    }

    /** Written apart from the search: counts instead of undoing. */
    private static long valueIfItFits(Pod pod, int set) {
        int[] ads = new int[pod.parts().size()];
        int[] seconds = new int[ads.length];
        int[] traits = new int[pod.traits()];
        Map<Wish, Integer> wishes = new EnumMap<>(Wish.class);
        long value = 0;
        for (int number = 0; number < pod.choices().size(); number++) {
            if ((set >> number & 1) == 1) {
                Choice choice = pod.choices().get(number);
                ads[choice.part()]++;
                seconds[choice.part()] += choice.seconds();
                wishes.merge(choice.wish(), 1, Integer::sum);
                Arrays.stream(choice.traits()).forEach(trait -> traits[trait]++);
                value += choice.value();
            }
        }
        boolean fits = Arrays.stream(traits).allMatch(count -> count <= 1);
        for (int part = 0; part < ads.length; part++) {
            fits &= ads[part] <= pod.parts().get(part).most()
                    && seconds[part] <= pod.parts().get(part).seconds();
        }
        int firsts = pod.firstIsFree() ? 1 : 0;
        int lasts = pod.lastIsFree() ? 1 : 0;
        int first = wishes.getOrDefault(Wish.FIRST, 0);
        int last = wishes.getOrDefault(Wish.LAST, 0);
        fits &= first <= firsts
                && last <= lasts
                && first + last + wishes.getOrDefault(Wish.FIRST_OR_LAST, 0) <= firsts + lasts;
        return fits ? value : 0;
    }
}
