package millrace.devkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes when: the same for the same plan. Those that stop processes or change campaigns come one after the other, in rounds of
 * another order each; the others are spread over the run beside them.
 *
 * @param alone in the order of their times
 * @param beside likewise
 */
record Timetable(List<Step> alone, List<Step> beside) {
    private static final Duration BESIDE_EVERY = Duration.ofSeconds(18);

    Timetable {
        alone = List.copyOf(alone);
        beside = List.copyOf(beside);
    }

    static Timetable of(ChaosPlan plan) {
        // The order is part of the contract that one seed has one timetable: Random's is written down.
        Random random = new Random(plan.seed());
        return new Timetable(alone(plan, random), beside(plan, random));
    }

    private static List<Step> alone(ChaosPlan plan, Random random) {
        List<Fault> round =
                new ArrayList<>(plan.faults().stream().filter(Fault::isAlone).toList());
        List<Step> steps = new ArrayList<>();
        Duration end = plan.duration().minus(ChaosPlan.CALM);
        Duration at = ChaosPlan.CALM;
        boolean fits = !round.isEmpty();
        while (fits) {
            Collections.shuffle(round, random);
            fits = false;
            for (Fault fault : round) {
                if (at.plus(fault.alone()).compareTo(end) <= 0) {
                    steps.add(new Step(fault, at, steps.size(), random.nextLong()));
                    at = at.plus(fault.alone());
                    fits = true;
                }
            }
        }
        return steps;
    }

    private static List<Step> beside(ChaosPlan plan, Random random) {
        List<Fault> kinds = plan.faults().stream()
                .filter(fault -> !fault.isAlone() && !fault.isConstant())
                .toList();
        List<Step> steps = new ArrayList<>();
        Duration room = plan.duration().minus(ChaosPlan.CALM.multipliedBy(2));
        long most = Math.max(kinds.size(), room.dividedBy(BESIDE_EVERY));
        for (int i = 0; !kinds.isEmpty() && i < most; i++) {
            Duration at = ChaosPlan.CALM.plus(room.multipliedBy(i).dividedBy(most));
            steps.add(new Step(kinds.get(i % kinds.size()), at, i, random.nextLong()));
        }
        return steps;
    }
}
