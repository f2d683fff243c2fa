package millrace.upstream.openrtb.pod;

import java.util.List;

/**
 * What the families of a part, from some family on, can bring at most with so many ads and so much time left. It forgets what families exclude
 * in each other, so it is never too low; where nothing is excluded it is exact.
 */
final class Bound {
    /** Cells of the table; beyond, time is counted in larger units, rounded so that the bound stays above. */
    private static final int MOST_CELLS = 200_000;

    private final int ads;
    private final int units;
    private final int unit;
    private final long[] best;

    Bound(Pod pod, int part, List<Family> families) {
        this.ads = Math.min(Math.min(pod.parts().get(part).most(), Pod.MOST_ADS), families.size());
        int seconds = pod.parts().get(part).seconds();
        int longest = 0;
        int common = 0;
        int members = 0;
        for (Family family : families) {
            int most = 0;
            members += family.members().size();
            for (int number : family.members()) {
                int of = pod.choices().get(number).seconds();
                common = greatestCommon(common, of);
                most = Math.max(most, of);
            }
            longest = (int) Math.min(Integer.MAX_VALUE, (long) longest + most);
        }
        // Time that cannot run out needs no counting.
        int counted = longest <= seconds ? 0 : seconds;
        int room = Math.max(1, MOST_CELLS / ((members + 1) * (ads + 1)));
        this.unit = Math.max(Math.max(common, 1), counted / room + 1);
        this.units = longest <= seconds ? 0 : counted / unit;
        this.best = new long[(families.size() + 1) * (ads + 1) * (units + 1)];
        for (int family = families.size() - 1; family >= 0; family--) {
            fill(pod, families.get(family), family);
        }
    }

    private void fill(Pod pod, Family family, int index) {
        for (int adsLeft = 0; adsLeft <= ads; adsLeft++) {
            for (int unitsLeft = 0; unitsLeft <= units; unitsLeft++) {
                long most = best[cell(index + 1, adsLeft, unitsLeft)];
                if (adsLeft > 0) {
                    for (int number : family.members()) {
                        Choice choice = pod.choices().get(number);
                        int takes = units == 0 ? 0 : choice.seconds() / unit;
                        if (takes <= unitsLeft) {
                            most = Math.max(
                                    most, choice.value() + best[cell(index + 1, adsLeft - 1, unitsLeft - takes)]);
                        }
                    }
                }
                best[cell(index, adsLeft, unitsLeft)] = most;
            }
        }
    }

    long from(int family, int adsLeft, long secondsLeft) {
        int unitsLeft = units == 0 ? 0 : (int) Math.min(units, secondsLeft / unit);
        return best[cell(family, Math.min(adsLeft, ads), unitsLeft)];
    }

    private int cell(int family, int adsLeft, int unitsLeft) {
        return (family * (ads + 1) + adsLeft) * (units + 1) + unitsLeft;
    }

    private static int greatestCommon(int one, int other) {
        int a = one;
        int b = other;
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
