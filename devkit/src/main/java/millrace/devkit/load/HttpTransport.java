package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ad tags to a gateway on loopback, as players ask: a connection each that is kept, as many as there are answers to come. A client of its own, of the few lines
 * that this needs, since what it costs is taken from what is measured. A call that fails is logged once and counts as lost, as those like it do.
 */
public final class HttpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final String LENGTH = "content-length:";
    /** Before a gateway closes a connection that says nothing. */
    private static final Duration STALE = Duration.ofSeconds(10);

    private static final byte[] AD = "<Ad ".getBytes(ISO_8859_1);

    private final int port;
    private final byte[] head;
    private final ConcurrentLinkedDeque<Player> idle = new ConcurrentLinkedDeque<>();
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean closed;

    /** What a document is; its first byte stands before the tag that it answers. */
    enum Seen {
        AD,
        NONE,
        REFUSED;

        static Seen of(byte letter) {
            return switch (letter) {
                case 'a' -> AD;
                case 'n' -> NONE;
                default -> REFUSED;
            };
        }

        byte letter() {
            return (byte)
                    switch (this) {
                        case AD -> 'a';
                        case NONE -> 'n';
                        case REFUSED -> 'r';
                    };
        }
    }

    /** @param port of the gateway */
    public HttpTransport(int port) {
        this.port = port;
        this.head = (" HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Safari/537.36"
                        + "\r\nAccept: */*\r\nAccept-Language: de\r\nOrigin: https://publisher.example\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    @Override
    public void listen() {
        // Answers come on the connections of their requests.
    }

    @Override
    public void send(byte[] key, byte[] request) {
        // The last used first; where that is old, the others are older.
        Player player = idle.pollFirst();
        (player == null || player.isStale() ? new Player() : player).ask(request);
    }

    @Override
    public void receive(Duration atMost, Consumer<byte[]> received) {
        try {
            byte[] next = answers.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            while (next != null) {
                received.accept(next);
                next = answers.poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        idle.forEach(Player::end);
    }

    /** One connection, on a thread that costs nothing while it waits. */
    private final class Player {
        private final BlockingQueue<byte[]> next = new LinkedBlockingQueue<>();
        private volatile long usedNanos;
        private final Thread thread = Thread.ofVirtual().name("player").start(this::play);

        void ask(byte[] tag) {
            next.add(tag);
        }

        boolean isStale() {
            return System.nanoTime() - usedNanos > STALE.toNanos();
        }

        void end() {
            thread.interrupt();
        }

        private void play() {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
                while (!closed) {
                    byte[] tag = next.take();
                    out.write(call(tag));
                    Seen seen = read(in);
                    byte[] answer = new byte[1 + tag.length];
                    answer[0] = seen.letter();
                    System.arraycopy(tag, 0, answer, 1, tag.length);
                    answers.add(answer);
                    usedNanos = System.nanoTime();
                    idle.addFirst(this);
                }
            } catch (IOException e) {
                if (!closed && warned.compareAndSet(false, true)) {
                    LOG.atWarn().setCause(e).log("a call failed; it counts as lost, as others like it will");
                }
            } catch (InterruptedException e) {
                LOG.trace("a player ends");
            }
        }

        private byte[] call(byte[] tag) {
            byte[] call = new byte[4 + tag.length + head.length];
            System.arraycopy("GET ".getBytes(ISO_8859_1), 0, call, 0, 4);
            System.arraycopy(tag, 0, call, 4, tag.length);
            System.arraycopy(head, 0, call, 4 + tag.length, head.length);
            return call;
        }
    }

    private static Seen read(InputStream in) throws IOException {
        boolean ok = line(in).startsWith("HTTP/1.1 200");
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the gateway ended within an answer");
        }
        if (!ok) {
            return Seen.REFUSED;
        }
        return contains(body) ? Seen.AD : Seen.NONE;
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[256];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || length == bytes.length) {
                throw new EOFException("the gateway ended within a header, or sent a long one");
            }
            bytes[length++] = (byte) next;
        }
        return new String(bytes, 0, Math.max(0, length - 1), ISO_8859_1);
    }

    private static boolean contains(byte[] body) {
        for (int i = 0; i + AD.length <= body.length; i++) {
            int same = 0;
            while (same < AD.length && body[i + same] == AD[same]) {
                same++;
            }
            if (same == AD.length) {
                return true;
            }
        }
        return false;
    }
}
