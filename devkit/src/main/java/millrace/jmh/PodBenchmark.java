package millrace.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.upstream.openrtb.pod.Choice;
import millrace.upstream.openrtb.pod.Part;
import millrace.upstream.openrtb.pod.Pod;
import millrace.upstream.openrtb.pod.PodSearch;
import millrace.upstream.openrtb.pod.Wish;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Filling a pod as well as it can be: six ads within 120 seconds of forty, and more, of which many exclude each other. Another pod each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PodBenchmark {
    private static final int PODS = 200;

    @Param({"40", "200"})
    private int bids = 0;

    private List<Pod> pods = List.of();
    private int next;

    @Benchmark
    public int[] fill() {
        if (pods.isEmpty()) {
            pods = pods(bids, bids <= PodSearch.EXACT_CHOICES ? PodSearch.EXACT_SLOTS : 12);
        }
        next = (next + 1) % PODS;
        return PodSearch.best(pods.get(next), 200_000);
    }

    private static List<Pod> pods(int bids, int slots) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            long[] values = random.longs(bids, 4_000_000, 20_000_000).sorted().toArray();
            List<Choice> choices = new ArrayList<>();
            for (int bid = bids - 1; bid >= 0; bid--) {
                Wish wish = random.nextInt(5) == 0 ? Wish.FIRST : Wish.ANYWHERE;
                int[] traits = {random.nextInt(15), 15 + random.nextInt(10), 25 + random.nextInt(30)};
                choices.add(new Choice(0, values[bid], (1 + random.nextInt(6)) * 5, wish, traits));
            }
            pods.add(new Pod(List.of(new Part(slots, 20 * slots)), true, true, choices, 55));
        }
        return pods;
    }
}
