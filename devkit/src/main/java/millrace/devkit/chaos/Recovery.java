package millrace.devkit.chaos;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long an outage was felt, by committed readers, in milliseconds; negative where nothing can be said.
 *
 * @param first answer to a request that was due after the outage began, on any of its partitions
 * @param all the last of its partitions to give one
 * @param others longest silence of a partition that was not its
 * @param replies longest silence of a partition of the reply topic
 */
record Recovery(Outage outage, double first, double all, double others, double replies) {
    private static final long WATCHED = Duration.ofSeconds(12).toNanos();

    static Recovery of(Outage outage, List<Arrived> arrived) {
        double first = -1;
        double all = -1;
        for (int partition : outage.partitions()) {
            double back = arrived.stream()
                    .filter(each -> each.partition() == partition && each.due() >= outage.began())
                    .mapToLong(Arrived::at)
                    .min()
                    .stream()
                    .mapToDouble(at -> (at - outage.from()) / 1e6)
                    .findFirst()
                    .orElse(-1);
            first = first < 0 ? back : Math.min(first, back);
            all = Math.max(all, back);
        }
        double others = IntStream.range(0, ChaosPlan.PARTITIONS)
                .filter(partition -> !outage.partitions().contains(partition))
                .mapToDouble(partition -> silence(
                        outage,
                        arrived.stream()
                                .filter(each -> each.partition() == partition && each.reply() < 0)
                                .toList()))
                .max()
                .orElse(-1);
        double replies = IntStream.range(0, ChaosPlan.PARTITIONS)
                .mapToDouble(partition -> silence(
                        outage,
                        arrived.stream()
                                .filter(each -> each.reply() == partition
                                        && !outage.partitions().contains(each.partition()))
                                .toList()))
                .max()
                .orElse(-1);
        return new Recovery(outage, first, all, others, replies);
    }

    /** The longest time without one of these from the beginning of the outage, as long as it is watched. */
    private static double silence(Outage outage, List<Arrived> arrived) {
        long last = outage.began();
        long longest = 0;
        for (Arrived each : arrived) {
            if (each.at() > outage.began() && last < outage.began() + WATCHED) {
                longest = Math.max(longest, each.at() - last);
                last = each.at();
            }
        }
        return longest / 1e6;
    }
}
