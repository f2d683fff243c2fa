package millrace.devkit.load;

import java.time.Duration;
import java.util.function.Consumer;

/** How requests and answers travel. One thread sends, another receives. */
public interface Transport extends AutoCloseable {

    /** From the return on no answer is missed. Before anything else, on the receiving thread. */
    void listen();

    /** Sends without waiting for it to arrive. */
    void send(byte[] key, byte[] request);

    /** Hands over the answers that are there; waits for the first no longer than that. */
    void receive(Duration atMost, Consumer<byte[]> answers);

    /** After both threads have ended. */
    @Override
    void close();
}
