package millrace.upstream.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Collects one answer on a reactor thread and gives up, closing the connection, as soon as it is larger than it may be.
 * Used once.
 */
final class BoundedConsumer implements AsyncResponseConsumer<RawAnswer> {
    private final int limit;
    private final BooleanSupplier ended;
    private byte[] body = new byte[0];
    private int size;
    private int status;
    private HttpHeaders headers = HttpHeaders.none();

    @Nullable
    private FutureCallback<RawAnswer> callback;

    /** @param ended whether nobody waits for the answer any more, so that not one more byte is taken */
    BoundedConsumer(int limit, BooleanSupplier ended) {
        this.limit = limit;
        this.ended = ended;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<RawAnswer> callback)
            throws IOException {
        endIfNobodyWaits();
        status = response.getCode();
        headers = headers(response);
        this.callback = callback;
        if (entity == null) {
            complete();
            return;
        }
        long announced = entity.getContentLength();
        if (announced > limit) {
            throw new BoundedBody.TooLarge(limit);
        }
        body = new byte[announced > 0 ? (int) announced : 4096];
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 say nothing that is used here.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        endIfNobodyWaits();
        int more = bytes.remaining();
        if (more > limit - size) {
            throw new BoundedBody.TooLarge(limit);
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

    private void endIfNobodyWaits() throws IOException {
        if (ended.getAsBoolean()) {
            throw new InterruptedIOException("the call has ended");
        }
    }

    private void complete() {
        FutureCallback<RawAnswer> waiting = callback;
        if (waiting != null) {
            waiting.completed(new RawAnswer(status, headers, Arrays.copyOf(body, size)));
        }
    }

    private static HttpHeaders headers(HttpResponse response) {
        HttpHeaders.Builder received = HttpHeaders.builder();
        for (Header header : response.getHeaders()) {
            String value = header.getValue();
            received.received(header.getName(), value == null ? "" : value);
        }
        return received.build();
    }
}
