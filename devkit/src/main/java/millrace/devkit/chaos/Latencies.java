package millrace.devkit.chaos;

import java.util.List;

/** From the moment at which a request was due to its committed answer, in milliseconds. */
record Latencies(int count, double p50, double p99, double max) {

    /** Of the requests that were due between two moments. */
    static Latencies between(List<Arrived> arrived, long from, long to) {
        double[] sorted = arrived.stream()
                .filter(each -> each.due() >= from && each.due() < to)
                .mapToDouble(Arrived::latencyMillis)
                .sorted()
                .toArray();
        return new Latencies(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    /** Nearest rank. */
    private static double rank(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
