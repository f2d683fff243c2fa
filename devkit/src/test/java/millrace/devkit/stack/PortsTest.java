package millrace.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void portThatSomebodyHasIsNamedWithWhatItIsFor() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(0, somebody.getLocalPort(), Ports.anyFree(), 0, 0);

            assertThat(ports.taken()).containsExactly(somebody.getLocalPort() + " (schema registry)");
        }
    }

    @Test
    void anyPortIsNeverTaken() {
        assertThat(Ports.FREE.taken()).isEmpty();
    }
}
