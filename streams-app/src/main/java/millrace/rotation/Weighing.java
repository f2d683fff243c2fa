package millrace.rotation;

/** What a member's share is. */
enum Weighing {
    /** Its weight. */
    CONFIGURED {
        @Override
        long of(Members members, int member) {
            return (long) members.weight(member) * UNIT;
        }
    },
    /** Its weight, times its rate of success. */
    BY_SUCCESS {
        @Override
        long of(Members members, int member) {
            return Math.round(
                    members.weight(member) * UNIT * members.stats(member).successRate());
        }
    };

    /** Parts of a weight of one, so that a rate of success leaves something of it. */
    static final int UNIT = 1_000;

    /** 0 is never. */
    abstract long of(Members members, int member);
}
