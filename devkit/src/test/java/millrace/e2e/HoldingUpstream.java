package millrace.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An upstream that answers nobody until so many calls are open at once; from then on it answers at once. {@code /open} tells how many are. One thread, since it shares two processors
 * with what is tested; in a process of its own, since each end of a connection is an open file.
 */
public final class HoldingUpstream {
    private static final String AD =
            "<VAST version=\"4.0\"><Ad id=\"held\"><InLine><AdSystem>held</AdSystem><AdTitle>held</AdTitle>"
                    + "<Impression>https://t.example/i</Impression><Creatives><Creative id=\"held\"><Linear>"
                    + "<Duration>00:00:15</Duration><MediaFiles><MediaFile delivery=\"progressive\" type=\"video/mp4\""
                    + " width=\"1280\" height=\"720\">https://m.example/held.mp4</MediaFile></MediaFiles></Linear>"
                    + "</Creative></Creatives></InLine></Ad></VAST>";

    private final ServerSocketChannel door;
    private final Selector selector;
    private final int calls;
    private final Set<SocketChannel> held = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);
    private boolean isReleased;

    /** What has come of one request. */
    private static final class Heard {
        private String text = "";
    }

    private HoldingUpstream(int port, int calls) throws IOException {
        this.calls = calls;
        this.selector = Selector.open();
        this.door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), calls);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** @param arguments port, and how many */
    public static void main(String[] arguments) throws IOException {
        new HoldingUpstream(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).serve();
    }

    @SuppressWarnings("InfiniteLoopStatement") // It ends with its process.
    private void serve() throws IOException {
        while (true) {
            selector.select(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.channel() instanceof SocketChannel channel) {
                read(channel, (Heard) key.attachment());
            }
        } catch (IOException e) {
            // Whoever called has gone.
            held.remove(key.channel());
            key.cancel();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Heard());
        }
    }

    private void read(SocketChannel channel, Heard request) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            held.remove(channel);
            channel.close();
            return;
        }
        request.text += StandardCharsets.ISO_8859_1.decode(buffer.flip());
        if (!request.text.endsWith("\r\n\r\n")) {
            return;
        }
        boolean isQuestion = request.text.startsWith("GET /open");
        request.text = "";
        if (isQuestion) {
            answer(channel, Integer.toString(held.size()));
        } else if (isReleased) {
            answer(channel, AD);
        } else {
            held.add(channel);
            release();
        }
    }

    /** Keeps them as held: what was open at once is what is told. */
    private void release() throws IOException {
        if (held.size() >= calls) {
            isReleased = true;
            for (SocketChannel channel : held) {
                answer(channel, AD);
            }
        }
    }

    private static void answer(SocketChannel channel, String body) throws IOException {
        byte[] bytes = ("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
