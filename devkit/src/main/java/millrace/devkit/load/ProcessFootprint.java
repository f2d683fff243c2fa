package millrace.devkit.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a process has cost so far.
 *
 * @param cpu processor time, in user and kernel mode, to 10 ms
 * @param peakResidentBytes most memory that was ever resident; empty where the system has no {@code /proc}
 */
public record ProcessFootprint(Duration cpu, OptionalLong peakResidentBytes) {

    private static final Path PROC = Path.of("/proc");
    private static final String PEAK = "VmHWM:";

    /** Empty if there is no such process, or it may not be looked at. */
    public static Optional<ProcessFootprint> of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(cpu -> new ProcessFootprint(
                        cpu, peak(PROC.resolve(Long.toString(pid)).resolve("status"))));
    }

    /** Processor time from this moment to a later one, in microseconds for each of so many requests; 0 without any. */
    public double cpuMicrosPerRequest(ProcessFootprint later, long requests) {
        return requests == 0 ? 0 : later.cpu.minus(cpu).toNanos() / 1e3 / requests;
    }

    /** In mebibytes, rounded up. */
    public OptionalLong peakResidentMiB() {
        return peakResidentBytes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.ceilDiv(peakResidentBytes.getAsLong(), 1L << 20));
    }

    /** The kernel writes {@code VmHWM:     123456 kB}. */
    static OptionalLong peak(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.substring(PEAK.length())
                                    .replace("kB", "")
                                    .strip())
                            * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }
}
