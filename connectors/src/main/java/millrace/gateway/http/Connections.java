package millrace.gateway.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** Counts connections, and closes one that is too many. */
final class Connections implements IOSessionListener {
    private final int most;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    Connections(int most) {
        this.most = most;
    }

    int open() {
        return open.size();
    }

    @Override
    public void connected(IOSession session) {
        open.add(session.getId());
        if (open.size() > most) {
            session.close(CloseMode.IMMEDIATE);
        }
    }

    @Override
    public void disconnected(IOSession session) {
        open.remove(session.getId());
    }

    @Override
    public void startTls(IOSession session) {}

    @Override
    public void inputReady(IOSession session) {}

    @Override
    public void outputReady(IOSession session) {}

    @Override
    public void timeout(IOSession session) {}

    @Override
    public void exception(IOSession session, Exception cause) {}
}
