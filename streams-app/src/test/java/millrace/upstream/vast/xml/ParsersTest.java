package millrace.upstream.vast.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.reader.DocumentReader;
import org.junit.jupiter.api.Test;

class ParsersTest {
    private static final long MIB = 1 << 20;

    @Test
    void namesOfStrangersAreNotKept() {
        read(0);
        long before = alive();

        for (int i = 1; i <= 40; i++) {
            read(i);
        }

        // Half a million names; kept, they are some 50 MiB.
        assertThat(alive() - before).isLessThan(25 * MIB);
    }

    private static void read(int number) {
        StringBuilder text = new StringBuilder("<VAST version='4.0'>");
        for (int i = 0; i < 12_500; i++) {
            text.append("<n").append(number).append('.').append(i).append("/>");
        }
        byte[] bytes = text.append("</VAST>").toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(DocumentReader.read(bytes)).isInstanceOf(VastDocument.class);
    }

    private static long alive() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
