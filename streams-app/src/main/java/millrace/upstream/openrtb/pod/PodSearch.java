package millrace.upstream.openrtb.pod;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the filling of a pod that brings most.
 *
 * <p>Up to {@link #EXACT_SLOTS} slots and {@link #EXACT_CHOICES} choices it searches to the end, so what it finds is the best there is. Beyond, it
 * takes so many steps as it is given, and begins with the greedy filling, so what it finds is never worse than that. Steps and not time are
 * counted: the same pod has the same filling on every machine. For one pod and one thread.
 */
public final class PodSearch {
    public static final int EXACT_SLOTS = 6;
    public static final int EXACT_CHOICES = 40;

    private final Pod pod;
    private final Filling filling;
    private final List<List<Family>> families = new ArrayList<>();
    private final List<Bound> bounds = new ArrayList<>();
    private final long[] bestOfLaterParts;
    private long stepsLeft;
    private int[] best;
    private long bestValue;

    private PodSearch(Pod pod, int effort) {
        this.pod = pod;
        this.filling = new Filling(pod);
        int parts = pod.parts().size();
        for (int part = 0; part < parts; part++) {
            families.add(Family.of(pod, part));
            bounds.add(new Bound(pod, part, families.get(part)));
        }
        this.bestOfLaterParts = new long[parts + 1];
        for (int part = parts - 1; part >= 0; part--) {
            bestOfLaterParts[part] = bestOfLaterParts[part + 1]
                    + bounds.get(part).from(0, filling.adsLeft(part), filling.secondsLeft(part));
        }
        boolean small = pod.slots() <= EXACT_SLOTS && pod.choices().size() <= EXACT_CHOICES;
        this.stepsLeft = small ? Long.MAX_VALUE : effort;
        Filling greedy = greedy(pod);
        this.best = greedy.chosen();
        this.bestValue = greedy.value();
    }

    /** @return numbers of the chosen, rising */
    public static int[] best(Pod pod, int effort) {
        PodSearch search = new PodSearch(pod, effort);
        search.part(0);
        return search.best;
    }

    /** Takes whatever fits, the best first. */
    static Filling greedy(Pod pod) {
        Filling filling = new Filling(pod);
        for (int number = 0; number < pod.choices().size(); number++) {
            if (filling.fits(number)) {
                filling.add(number);
            }
        }
        return filling;
    }

    private void part(int part) {
        if (part == pod.parts().size()) {
            if (filling.value() > bestValue) {
                best = filling.chosen();
                bestValue = filling.value();
            }
        } else {
            families(part, 0);
        }
    }

    private void families(int part, int from) {
        List<Family> all = families.get(part);
        Bound bound = bounds.get(part);
        long later = bestOfLaterParts[part + 1];
        for (int family = from; family < all.size(); family++) {
            long most = filling.value() + bound.from(family, filling.adsLeft(part), filling.secondsLeft(part)) + later;
            if (most <= bestValue || stepsLeft <= 0) {
                return;
            }
            for (int number : all.get(family).members()) {
                stepsLeft--;
                if (filling.fits(number)) {
                    filling.add(number);
                    families(part, family + 1);
                    filling.removeLast();
                }
            }
        }
        if (filling.value() + later > bestValue) {
            part(part + 1);
        }
    }

    /** Whether one more choice fits into a filling from which another was taken. */
    public static boolean canReplace(Pod pod, int[] chosen, int out, int in) {
        Filling filling = new Filling(pod);
        for (int number : chosen) {
            if (number != out) {
                filling.add(number);
            }
        }
        return filling.fits(in);
    }
}
