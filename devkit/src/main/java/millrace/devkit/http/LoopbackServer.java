package millrace.devkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP/1.1 on 127.0.0.1 with one thread. Connections are kept alive and send without delay; latency is a timer, never a waiting
 * thread.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final int BACKLOG = 4096;
    private static final Response INTERNAL_ERROR = Response.of(500);

    /** A step of an answer that a broken connection may end. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private final Handler handler;
    private final Selector selector;
    private final ServerSocketChannel door;
    private final Timers timers = new Timers(System.nanoTime());
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(64 * 1024);
    private final Thread thread;
    private volatile boolean closed;

    private LoopbackServer(int port, Handler handler) throws IOException {
        this.handler = handler;
        this.selector = Selector.open();
        this.door = ServerSocketChannel.open();
        try {
            door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            door.close();
            selector.close();
            throw e;
        }
        this.thread = Thread.ofPlatform().daemon().name("loopback-server").unstarted(this::loop);
    }

    /**
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public static LoopbackServer start(int port, Handler handler) {
        try {
            LoopbackServer server = new LoopbackServer(port, handler);
            server.thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return door.socket().getLocalPort();
    }

    private void loop() {
        try {
            while (!closed) {
                select();
                timers.run(System.nanoTime());
            }
        } catch (IOException e) {
            LOG.error("the selector failed; no more requests are answered", e);
        } finally {
            closeAll();
        }
    }

    private void select() throws IOException {
        // Zero would mean for ever to select().
        long millis = timers.isEmpty() ? 0 : timers.millisToNext(System.nanoTime());
        if (!timers.isEmpty() && millis == 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, millis);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            run(connection, () -> connection.ready(readBuffer));
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(channel, key, this));
            }
        } catch (IOException e) {
            LOG.warn("a connection was not accepted: {}", e.getMessage());
        }
    }

    Reaction react(Request request) {
        try {
            return handler.react(request);
        } catch (RuntimeException e) {
            // Whatever is wrong with one request, the other connections live on.
            LOG.warn("no answer to {} {}", request.method(), request.path(), e);
            return Reaction.now(INTERNAL_ERROR);
        }
    }

    /** Runs the step after the delay, unless the connection is gone by then. */
    void in(Duration delay, Connection connection, Step step) {
        timers.in(delay, System.nanoTime(), () -> run(connection, step));
    }

    private static void run(Connection connection, Step step) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            // The client went away; nobody is left to tell.
            LOG.debug("connection broke: {}", e.getMessage());
            connection.close();
        }
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.warn("not closed cleanly: {}", e.getMessage());
        }
    }

    /** Ends every connection; returns when the port is free again. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
