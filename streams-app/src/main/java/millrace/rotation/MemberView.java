package millrace.rotation;

import millrace.rotation.plugin.Candidates;

/** The members of a pool as a plugin sees them: it can look and change nothing. */
final class MemberView implements Candidates {
    private final Members members;

    MemberView(Members members) {
        this.members = members;
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public String upstream(int place) {
        return members.id(place);
    }

    @Override
    public boolean isThere(int place) {
        return members.isThere(place);
    }

    @Override
    public int weight(int place) {
        return members.weight(place);
    }

    @Override
    public long costMicros(int place) {
        return members.isThere(place) ? members.config(place).rotation().costMicros() : 0;
    }

    @Override
    public long active(int place) {
        return members.stats(place).active();
    }

    @Override
    public long completed(int place) {
        return members.stats(place).completed();
    }

    @Override
    public long failed(int place) {
        return members.stats(place).failed();
    }

    @Override
    public long usualNanos(int place) {
        return members.stats(place).usualNanos(members.now());
    }

    @Override
    public String country() {
        return members.asker().country();
    }

    @Override
    public String region() {
        return members.asker().region();
    }

    @Override
    public long nanoTime() {
        return members.now();
    }

    @Override
    public boolean isEligible(int place) {
        return members.isEligible(place);
    }
}
