package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Answers a request with its id, as often as asked; can stall the sender, and fail. */
final class EchoTransport implements Transport {

    // After the wire format's five bytes and the length of the id.
    private static final int ID_AT = 6;

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final List<String> sent = new ArrayList<>();
    private IntUnaryOperator times = request -> 1;
    private int stallAt = -1;
    private Duration stall = Duration.ZERO;
    private volatile boolean failing;

    /** @param answersOf how often the request of that number is answered */
    void answering(IntUnaryOperator answersOf) {
        times = answersOf;
    }

    void stallingAt(int request, Duration time) {
        stallAt = request;
        stall = time;
    }

    void failing() {
        failing = true;
    }

    List<String> sent() {
        return sent;
    }

    @Override
    public void listen() {
        if (failing) {
            throw new IllegalStateException("no broker");
        }
    }

    @Override
    public void send(byte[] key, byte[] request) {
        if (sent.size() == stallAt) {
            LockSupport.parkNanos(stall.toNanos());
        }
        byte[] id = new byte[RequestIds.LENGTH];
        System.arraycopy(request, ID_AT, id, 0, id.length);
        for (int i = 0; i < times.applyAsInt(sent.size()); i++) {
            answers.add(id);
        }
        sent.add(new String(id, ISO_8859_1));
    }

    @Override
    public void receive(Duration atMost, Consumer<byte[]> received) {
        try {
            byte[] answer = answers.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (answer != null) {
                received.accept(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
