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
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Answers a request as often as asked; can stall the sender, and fail. */
final class EchoTransport implements Transport {

    // After the wire format's five bytes and the length of the id.
    private static final int ID_AT = 6;

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final List<String> sent = new ArrayList<>();
    private final Function<String, byte[]> answerTo;
    private IntUnaryOperator times = request -> 1;
    private int stallAt = -1;
    private Duration stall = Duration.ZERO;
    private volatile boolean failing;

    /** @param answerTo the answer's bytes to the request of that id */
    EchoTransport(Function<String, byte[]> answerTo) {
        this.answerTo = answerTo;
    }

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
        String id = new String(request, ID_AT, RequestIds.LENGTH, ISO_8859_1);
        for (int i = 0; i < times.applyAsInt(sent.size()); i++) {
            answers.add(answerTo.apply(id));
        }
        sent.add(id);
    }

    @Override
    public void receive(Duration atMost, Consumer<byte[]> received) {
        try {
            byte[] first = answers.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                received.accept(first);
            }
            for (byte[] next = answers.poll(); next != null; next = answers.poll()) {
                received.accept(next);
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
