package millrace.rotation;

import java.util.random.RandomGenerator;

/**
 * By lot, with chances by the inverse of each one's average time: who takes half as long is asked twice as often. A call that failed counts as one that took
 * all of the upstream's timeout. Unknown ones are tried, and slow ones looked at again, by {@link SecondLook}.
 */
final class Fastest implements Selector {
    private static final int DRAWS = 4;

    private final RandomGenerator random;
    private final SecondLook secondLook = new SecondLook();

    Fastest(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int select(Members members) {
        double all = 0;
        for (int i = 0; i < members.size(); i++) {
            all += chance(members, i);
        }
        int due = secondLook.due(members, all > 0);
        if (due != NONE) {
            return due;
        }
        for (int i = 0; i < DRAWS && all > 0; i++) {
            int drawn = drawn(members, random.nextDouble() * all);
            if (members.isEligible(drawn)) {
                return drawn;
            }
        }
        return ofEligible(members);
    }

    /** One that is not judged yet has its trials and no chances. */
    private static double chance(Members members, int member) {
        UpstreamStats stats = members.stats(member);
        return stats.isJudged() ? stats.speed() : 0;
    }

    private static int drawn(Members members, double part) {
        double left = part;
        int last = 0;
        for (int i = 0; i < members.size(); i++) {
            double chance = chance(members, i);
            if (chance > 0) {
                last = i;
                left -= chance;
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private int ofEligible(Members members) {
        double eligible = 0;
        for (int i = 0; i < members.size(); i++) {
            eligible += members.isEligible(i) ? chance(members, i) : 0;
        }
        double left = random.nextDouble() * eligible;
        int last = NONE;
        for (int i = 0; i < members.size(); i++) {
            if (members.isEligible(i)) {
                last = i;
                left -= chance(members, i);
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
