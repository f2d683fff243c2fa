package millrace.notifier;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** So many calls to one host at a time; further ones wait in turn. One slow receiver does not hold up the others. For one thread. */
final class HostGate {
    private final int most;
    private final Map<String, Host> hosts = new HashMap<>();

    private static final class Host {
        private int calls;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
    }

    HostGate(int most) {
        this.most = most;
    }

    /** @param call run now or when it is its turn; followed by one {@link #ended} */
    void enter(String host, Runnable call) {
        Host at = hosts.computeIfAbsent(host, name -> new Host());
        if (at.calls >= most) {
            at.waiting.add(call);
            return;
        }
        at.calls++;
        call.run();
    }

    void ended(String host) {
        Host at = hosts.get(host);
        if (at == null) {
            return;
        }
        Runnable next = at.waiting.poll();
        if (next != null) {
            next.run();
            return;
        }
        at.calls--;
        if (at.calls == 0) {
            hosts.remove(host);
        }
    }

    int hosts() {
        return hosts.size();
    }
}
