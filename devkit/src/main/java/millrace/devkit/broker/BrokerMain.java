package millrace.devkit.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker as a process of its own, which can be killed and started again on its data: {@code PORT DATA_DIRECTORY}. */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker.started(
                BrokerOptions.DEFAULT.onPort(Integer.parseInt(arguments[0])).in(Path.of(arguments[1])));
        new CountDownLatch(1).await();
    }
}
