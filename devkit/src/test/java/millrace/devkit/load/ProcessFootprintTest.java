package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessFootprintTest {

    @Test
    void costIsSpreadOverTheRequests() {
        var before = new ProcessFootprint(Duration.ofSeconds(2), OptionalLong.empty());
        var after = new ProcessFootprint(Duration.ofMillis(2_500), OptionalLong.empty());

        assertThat(before.cpuMicrosPerRequest(after, 1_000)).isEqualTo(500);
        assertThat(before.cpuMicrosPerRequest(after, 0)).isZero();
    }

    @Test
    void thePeakIsReadFromWhatTheKernelWrites(@TempDir Path directory) throws IOException {
        Path status = directory.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmPeak:\t 9999999 kB\nVmHWM:\t    2049 kB\nVmRSS:\t 100 kB\n");

        var footprint = new ProcessFootprint(Duration.ZERO, ProcessFootprint.peak(status));

        assertThat(footprint.peakResidentBytes()).hasValue(2_049 * 1_024);
        assertThat(footprint.peakResidentMiB()).as("rounded up").hasValue(3);
    }

    @Test
    void withoutProcThereIsNoPeak(@TempDir Path directory) {
        var footprint = new ProcessFootprint(Duration.ZERO, ProcessFootprint.peak(directory.resolve("none")));

        assertThat(footprint.peakResidentMiB()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessHasBoth() {
        ProcessFootprint self =
                ProcessFootprint.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.cpu()).isPositive();
        assertThat(self.peakResidentBytes().orElseThrow()).isGreaterThan(10L << 20);
    }

    @Test
    void aProcessThatIsNotThereHasNone() {
        assertThat(ProcessFootprint.of(Integer.MAX_VALUE)).isEmpty();
    }
}
