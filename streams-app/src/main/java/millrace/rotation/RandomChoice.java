package millrace.rotation;

import java.util.random.RandomGenerator;

/** Each of the eligible with the same chance. One that is drawn and not eligible is drawn again; when most are not, the eligible are counted. */
final class RandomChoice implements Selector {
    private static final int DRAWS = 8;

    private final RandomGenerator random;

    RandomChoice(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int select(Members members) {
        for (int i = 0; i < DRAWS; i++) {
            int drawn = random.nextInt(members.size());
            if (members.isEligible(drawn)) {
                return drawn;
            }
        }
        int eligible = 0;
        for (int i = 0; i < members.size(); i++) {
            eligible += members.isEligible(i) ? 1 : 0;
        }
        return eligible == 0 ? NONE : eligible(members, random.nextInt(eligible));
    }

    private static int eligible(Members members, int number) {
        int left = number;
        for (int i = 0; i < members.size(); i++) {
            if (members.isEligible(i) && left-- == 0) {
                return i;
            }
        }
        return NONE;
    }
}
