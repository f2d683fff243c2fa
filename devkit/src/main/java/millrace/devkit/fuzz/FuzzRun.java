package millrace.devkit.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import millrace.upstream.vast.check.DocumentCheck;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;

/**
 * Reads and checks mutated documents one after the other. Found wanting is what throws, what takes longer than {@code longest}, and
 * memory that stays.
 */
final class FuzzRun {
    /** What is alive may move by this much between two collections without anything having been kept. */
    private static final long HEAP_NOISE = 2L << 20;

    private final Mutation mutation;
    private final Duration longest;
    private final DocumentLimits limits = DocumentLimits.defaults();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private long found;
    private long slowestNanos;
    private long slowest;
    private volatile long current;
    private volatile long currentBegun = System.nanoTime();

    FuzzRun(Mutation mutation, Duration longest) {
        this.mutation = mutation;
        this.longest = longest;
    }

    /**
     * What came of a run.
     *
     * @param outcomes documents by what they turned out to be
     * @param found findings of the check
     * @param slowest number of the document that took longest, and how long
     * @param heapBefore bytes alive after the first tenth
     */
    record Report(
            long documents,
            SortedMap<String, Long> outcomes,
            long found,
            long slowest,
            Duration slowestTook,
            long heapBefore,
            long heapAfter,
            Duration took) {

        /** Whether nothing was kept. */
        boolean isFlat() {
            return heapAfter <= heapBefore + HEAP_NOISE;
        }
    }

    /** A document that must not be what it is to us. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;

        Found(long number, String what, Throwable cause) {
            super("document " + number + " " + what, cause);
        }
    }

    Report run(long documents) {
        long begun = System.nanoTime();
        long heapBefore = 0;
        for (long number = 0; number < documents; number++) {
            if (number == documents / 10) {
                heapBefore = heap();
            }
            one(number);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Report(
                documents, outcomes, found, slowest, Duration.ofNanos(slowestNanos), heapBefore, heap(), took);
    }

    /** The document that is being read for longer than any may, if there is one; for another thread. */
    OptionalLong hung() {
        boolean hangs = System.nanoTime() - currentBegun > 5 * longest.toNanos();
        return hangs ? OptionalLong.of(current) : OptionalLong.empty();
    }

    private void one(long number) {
        byte[] document = mutation.document(number);
        long begun = System.nanoTime();
        current = number;
        currentBegun = begun;
        try {
            outcomes.merge(outcome(DocumentReader.read(document, limits)), 1L, Long::sum);
            found += DocumentCheck.of(document, limits).size();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Whatever it is, it is what is looked for.
            throw new Found(number, "broke the reader", e);
        }
        long took = System.nanoTime() - begun;
        if (took > slowestNanos) {
            slowestNanos = took;
            slowest = number;
        }
        if (took > longest.toNanos()) {
            throw new Found(number, "took " + Duration.ofNanos(took).toMillis() + " ms", new IllegalStateException());
        }
    }

    private static String outcome(ParsedVast parsed) {
        return switch (parsed) {
            case VastDocument document -> document.ads().isEmpty() ? "VAST without an ad" : "VAST with ads";
            case VmapDocument _ -> "VMAP";
            case ParsedVast.Malformed(int code, String reason) ->
                reason.startsWith("not readable") ? code + " by an exception of the parser" : code + "";
        };
    }

    /** Bytes alive. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
