package millrace.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Collects one request on a reactor thread. A body that is longer than it may be is read on without being kept, so that its sender gets the answer
 * that says so, and cut off when it is many times that. Used once.
 */
final class Incoming implements AsyncRequestConsumer<Incoming.Whole> {
    private static final int PATIENCE = 16;

    private final int limit;
    private byte[] body = new byte[0];
    private int size;
    private long seen;
    private @Nullable HttpRequest request;
    private @Nullable FutureCallback<Whole> callback;

    /** @param tooLong whether the body was longer than it may be, and is not here */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
    record Whole(HttpRequest request, byte[] body, boolean tooLong) {}

    Incoming(int limit) {
        this.limit = limit;
    }

    @Override
    public void consumeRequest(
            HttpRequest request, @Nullable EntityDetails entity, HttpContext context, FutureCallback<Whole> callback) {
        this.request = request;
        this.callback = callback;
        if (entity == null) {
            complete();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        int more = bytes.remaining();
        seen += more;
        if (seen > (long) limit * PATIENCE) {
            throw new IOException("a body of more than " + (long) limit * PATIENCE + " bytes is not read to its end");
        }
        if (seen > limit) {
            body = new byte[0];
            size = 0;
            bytes.position(bytes.limit());
            return;
        }
        if (body.length < size + more) {
            body = Arrays.copyOf(body, Math.min(limit, Math.max(body.length * 2, size + more)));
        }
        bytes.get(body, size, more);
        size += more;
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        complete();
    }

    @Override
    public void failed(Exception cause) {
        releaseResources();
    }

    @Override
    public void releaseResources() {
        body = new byte[0];
        size = 0;
    }

    private void complete() {
        FutureCallback<Whole> waiting = callback;
        HttpRequest read = request;
        if (waiting != null && read != null) {
            waiting.completed(new Whole(read, Arrays.copyOf(body, size), seen > limit));
        }
    }
}
