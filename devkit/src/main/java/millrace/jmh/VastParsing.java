package millrace.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read an inline document of 4 KB, {@code examples/vast/linear-4k.xml}, into our records. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class VastParsing {
    private static final String FILE = "/examples/vast/linear-4k.xml";

    private final DocumentLimits limits = DocumentLimits.defaults();
    private byte[] bytes = {};

    @Setup
    public void read() throws IOException {
        try (InputStream in = Objects.requireNonNull(VastParsing.class.getResourceAsStream(FILE), FILE)) {
            bytes = in.readAllBytes();
        }
        if (!(DocumentReader.read(bytes) instanceof VastDocument document)
                || document.ads().size() != 1) {
            throw new IllegalStateException(FILE + " is not one ad");
        }
    }

    @Benchmark
    public ParsedVast inlineOfFourKilobytes() {
        return DocumentReader.read(bytes, limits);
    }
}
