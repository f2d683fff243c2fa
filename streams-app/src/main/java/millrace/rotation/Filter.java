package millrace.rotation;

import java.util.Optional;
import millrace.catalog.PoolRules;

/** Who of a pool may be chosen. Asked of one member at a time, and only of those that a selector would take. */
sealed interface Filter permits Filter.Health, Filter.Geo, Filter.Rate, PluggedFilter {

    boolean lets(Members members, int member);

    /** Takes what a call uses up; false when somebody else, of another partition, was quicker. */
    default boolean takes(Members members, int member) {
        return true;
    }

    /** Whether its no means more than: not now. */
    default boolean isLasting() {
        return true;
    }

    /** @return empty when Millrace has none of that name */
    static Optional<Filter> named(String name) {
        return switch (name) {
            case PoolRules.HEALTH -> Optional.of(new Health());
            case PoolRules.GEO -> Optional.of(new Geo());
            case PoolRules.RATE -> Optional.of(new Rate());
            default -> Optional.empty();
        };
    }

    /** Those whose breaker is not open. */
    record Health() implements Filter {
        @Override
        public boolean lets(Members members, int member) {
            return members.guard(member).breaker().admits(members.now());
        }

        @Override
        public boolean takes(Members members, int member) {
            long pass = members.guard(member).breaker().enter(members.now());
            members.pass(pass);
            return pass != Breaker.REFUSED;
        }
    }

    /** Those that serve where the user is. One that names countries serves nobody whose country is not known. */
    record Geo() implements Filter {
        @Override
        public boolean lets(Members members, int member) {
            return members.isAnywhere() || members.servesAsker(member);
        }
    }

    /** Those that may have one more call this second. */
    record Rate() implements Filter {
        @Override
        public boolean lets(Members members, int member) {
            return members.guard(member).isWithinRate(members.now());
        }

        @Override
        public boolean takes(Members members, int member) {
            return members.guard(member).takeRate(members.now());
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }
}
