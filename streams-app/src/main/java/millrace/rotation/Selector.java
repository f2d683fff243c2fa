package millrace.rotation;

import java.util.random.RandomGenerator;
import millrace.schemas.SelectorKind;

/** Takes one of the eligible members of a pool. One object a pool; what it remembers is of that pool. */
interface Selector {
    int NONE = -1;

    /** The place of an eligible member, or {@link #NONE}. */
    int select(Members members);

    /** What {@link #select} said was taken: a lease is open. */
    default void taken(int member) {}

    /** A lease of this pool was closed; what is known of the member has changed. */
    default void learnt(Members members, int member) {}

    /** The catalog has changed. */
    default void changed(Members members) {}

    /** @param size members of the pool */
    static Selector of(SelectorKind kind, int size, RandomGenerator random) {
        return switch (kind) {
            case ROUND_ROBIN -> new RoundRobin(size);
            case WEIGHTED -> weighted(size, Weighing.CONFIGURED, random);
            case WEIGHTED_BY_SUCCESS -> weighted(size, Weighing.BY_SUCCESS, random);
            case RANDOM -> new RandomChoice(random);
            case LEAST_BUSY -> new LeastBusy();
            case FASTEST -> new Fastest(random);
            case COST_AWARE -> new CostAware();
            case STICKY_SESSION, STICKY_USER -> throw new IllegalArgumentException(kind + " chooses nobody by itself");
        };
    }

    private static Selector weighted(int size, Weighing weighing, RandomGenerator random) {
        return size <= SmoothWeighted.MOST
                ? new SmoothWeighted(size, weighing)
                : new WeightedDraw(size, weighing, random);
    }
}
