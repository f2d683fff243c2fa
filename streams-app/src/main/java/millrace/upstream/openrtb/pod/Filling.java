package millrace.upstream.openrtb.pod;

import java.util.Arrays;

/** A pod that is being filled: what is in it, and whether one more would fit. For one thread. */
final class Filling {
    private final Pod pod;
    private final int[] ads;
    private final long[] seconds;
    private final boolean[] taken;
    private final int[] chosen;
    private int size;
    private int first;
    private int last;
    private int either;
    private long value;

    Filling(Pod pod) {
        this.pod = pod;
        this.ads = new int[pod.parts().size()];
        this.seconds = new long[pod.parts().size()];
        this.taken = new boolean[pod.traits()];
        this.chosen = new int[pod.slots()];
    }

    boolean fits(int number) {
        Choice choice = pod.choices().get(number);
        Part part = pod.parts().get(choice.part());
        return size < chosen.length
                && ads[choice.part()] < part.most()
                && seconds[choice.part()] + choice.seconds() <= part.seconds()
                && isFree(choice.wish())
                && isNew(choice.traits());
    }

    private boolean isFree(Wish wish) {
        boolean firstIsFree = pod.firstIsFree();
        boolean lastIsFree = pod.lastIsFree();
        int ends = (firstIsFree ? 1 : 0) + (lastIsFree ? 1 : 0);
        boolean oneMore = first + last + either < ends;
        return switch (wish) {
            case ANYWHERE -> true;
            case FIRST -> firstIsFree && first == 0 && oneMore;
            case LAST -> lastIsFree && last == 0 && oneMore;
            case FIRST_OR_LAST -> oneMore;
        };
    }

    private boolean isNew(int[] traits) {
        for (int trait : traits) {
            if (taken[trait]) {
                return false;
            }
        }
        return true;
    }

    void add(int number) {
        Choice choice = pod.choices().get(number);
        chosen[size++] = number;
        count(choice, 1);
    }

    void removeLast() {
        count(pod.choices().get(chosen[--size]), -1);
    }

    private void count(Choice choice, int by) {
        ads[choice.part()] += by;
        seconds[choice.part()] += (long) by * choice.seconds();
        value += by * choice.value();
        for (int trait : choice.traits()) {
            taken[trait] = by > 0;
        }
        switch (choice.wish()) {
            case ANYWHERE -> {}
            case FIRST -> first += by;
            case LAST -> last += by;
            case FIRST_OR_LAST -> either += by;
        }
    }

    long value() {
        return value;
    }

    int adsLeft(int part) {
        return Math.min(pod.parts().get(part).most() - ads[part], chosen.length - size);
    }

    long secondsLeft(int part) {
        return pod.parts().get(part).seconds() - seconds[part];
    }

    /** Numbers of choices, rising. */
    int[] chosen() {
        int[] copy = Arrays.copyOf(chosen, size);
        Arrays.sort(copy);
        return copy;
    }
}
