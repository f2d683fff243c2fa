package millrace.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Upstreams that a session, or its user for longer, stays with: the latest first, each once, at most {@value #MAX}. Several, because each pool has its own.
 */
public record Kept(List<String> inSession, List<String> byUser) {
    static final int MAX = 8;
    static final Kept NONE = new Kept(List.of(), List.of());

    public Kept {
        inSession = List.copyOf(inSession);
        byUser = List.copyOf(byUser);
    }

    Kept inSession(String upstream) {
        return new Kept(first(upstream, inSession), byUser);
    }

    Kept byUser(String upstream) {
        return new Kept(inSession, first(upstream, byUser));
    }

    /** What the user's next session begins with. */
    Kept ofUser() {
        return new Kept(List.of(), byUser);
    }

    private static List<String> first(String upstream, List<String> others) {
        List<String> all = new ArrayList<>(others);
        all.remove(upstream);
        all.addFirst(upstream);
        return all.size() <= MAX ? all : all.subList(0, MAX);
    }
}
