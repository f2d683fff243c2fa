package millrace.devkit.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection; belongs to the server's thread. Answers one request at a time in the order of their arrival; further ones
 * wait in the parser.
 */
final class Connection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final LoopbackServer server;
    private final RequestParser parser = new RequestParser();
    private boolean answering;
    private boolean keepAlive = true;
    private @Nullable ByteBuffer unsent;

    Connection(SocketChannel channel, SelectionKey key, LoopbackServer server) {
        this.channel = channel;
        this.key = key;
        this.server = server;
    }

    void ready(ByteBuffer readBuffer) throws IOException {
        if (key.isWritable()) {
            flush();
        }
        if (key.isValid() && key.isReadable()) {
            read(readBuffer);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            close();
            return;
        }
        parser.feed(buffer.flip());
        if (parser.isFlooded()) {
            close();
        } else if (!answering) {
            takeNext();
        }
    }

    private void takeNext() {
        switch (parser.next()) {
            case Parsed.Incomplete incomplete -> answering = false;
            case Parsed.Refused refused -> {
                keepAlive = false;
                later(Reaction.now(Response.of(refused.status())));
            }
            case Parsed.Complete complete -> {
                keepAlive = complete.keepAlive();
                later(server.react(complete.request()));
            }
        }
    }

    private void later(Reaction reaction) {
        answering = true;
        server.in(reaction.delay(), this, () -> play(reaction.reply()));
    }

    private void play(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Send send -> {
                unsent = send.response().bytes();
                flush();
            }
            case Reply.Drip drip -> drip(drip, drip.response().bytes());
            case Reply.Silence silence -> {
                // Still answering, for ever: what else the client sends is kept, and its close is seen.
            }
            case Reply.Reset reset -> {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                close();
            }
        }
    }

    private void drip(Reply.Drip drip, ByteBuffer rest) throws IOException {
        ByteBuffer piece = rest.slice(rest.position(), Math.min(drip.bytes(), rest.remaining()));
        channel.write(piece);
        // What the client's window did not take is tried again with the next drop.
        rest.position(rest.position() + piece.position());
        if (rest.hasRemaining()) {
            server.in(drip.interval(), this, () -> drip(drip, rest));
        } else {
            answered();
        }
    }

    private void flush() throws IOException {
        ByteBuffer bytes = unsent;
        if (bytes == null) {
            return;
        }
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } else {
            unsent = null;
            key.interestOps(SelectionKey.OP_READ);
            answered();
        }
    }

    private void answered() {
        if (keepAlive) {
            takeNext();
        } else {
            close();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
