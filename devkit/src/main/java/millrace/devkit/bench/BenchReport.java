package millrace.devkit.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import millrace.devkit.load.LoadReport;

/**
 * The figures of a bench.
 *
 * @param cpuMicrosPerRequest processor time of the pipeline's process for each request of the measured part
 * @param rssMiB most memory the pipeline's process ever had resident; empty where the system does not say
 * @param gatewayCpuMicros processor time of the gateway's process for each of them; empty without a gateway
 */
record BenchReport(
        BenchPlan plan,
        LoadReport load,
        double cpuMicrosPerRequest,
        OptionalLong rssMiB,
        OptionalDouble gatewayCpuMicros) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line. */
    String json() {
        ObjectNode json = JSON.createObjectNode()
                .put("offered", load.offered())
                .put("answered", load.answered())
                .put("perSecond", rounded(load.perSecond()))
                .put("p50Ms", rounded(load.p50Ms()))
                .put("p99Ms", rounded(load.p99Ms()))
                .put("p999Ms", rounded(load.p999Ms()))
                .put("maxMs", rounded(load.maxMs()))
                .put("lost", load.lost())
                .put("duplicated", load.duplicated())
                .put("shed", load.shed())
                .put("filled", load.filled());
        ObjectNode noFills = json.putObject("noFillByReason");
        new TreeMap<>(load.noFillByReason()).forEach(noFills::put);
        json.put("cpuMicrosPerRequest", rounded(cpuMicrosPerRequest));
        if (rssMiB.isPresent()) {
            json.put("rssMiB", rssMiB.getAsLong());
        } else {
            json.putNull("rssMiB");
        }
        gatewayCpuMicros.ifPresent(micros -> json.put("gatewayCpuMicrosPerRequest", rounded(micros))
                .put("p50AboveUpstreamMs", rounded(load.p50Ms() - upstreamMedianMs()))
                .put("p99AboveUpstreamMs", rounded(load.p99Ms() - upstreamMedianMs())));
        json.put("latestSendMs", rounded(load.latestSendMs()));
        conditions(json.putObject("conditions"));
        return json.toString();
    }

    private void conditions(ObjectNode json) {
        json.put("rate", plan.ratePerSecond())
                .put("seconds", plan.duration().toSeconds())
                .put("warmUpSeconds", plan.warmUp().toSeconds())
                .put("upstreamLatency", plan.upstreamLatency().toString())
                .put("mode", plan.calls().name().toLowerCase(Locale.ROOT))
                .put("read", plan.reader().name().toLowerCase(Locale.ROOT))
                .put("door", plan.door().name().toLowerCase(Locale.ROOT))
                .put("bidders", plan.bidders())
                .put("threads", plan.threads())
                .put("partitions", plan.partitions())
                .put("users", plan.users());
        new TreeMap<>(plan.settings()).forEach(json::put);
    }

    /** For people. */
    String table() {
        return """
                %d/s for %d s after %d s of warm-up; upstream %s, %s calls, %s reader, %d bidders, %d stream thread(s), %d partitions
                offered     %10d     p50    %10.1f ms
                answered    %10d     p99    %10.1f ms
                per second  %10.1f     p99.9  %10.1f ms
                filled      %10d     max    %10.1f ms
                lost        %10d     cpu    %10.1f us a request
                duplicated  %10d     memory %10s MiB at most
                shed        %10d     sender %10.1f ms late at worst
                no fill: %s
                %s""".formatted(
                        plan.ratePerSecond(),
                        plan.duration().toSeconds(),
                        plan.warmUp().toSeconds(),
                        plan.upstreamLatency(),
                        plan.calls().name().toLowerCase(Locale.ROOT),
                        plan.reader().name().toLowerCase(Locale.ROOT),
                        plan.bidders(),
                        plan.threads(),
                        plan.partitions(),
                        load.offered(),
                        load.p50Ms(),
                        load.answered(),
                        load.p99Ms(),
                        load.perSecond(),
                        load.p999Ms(),
                        load.filled(),
                        load.maxMs(),
                        load.lost(),
                        cpuMicrosPerRequest,
                        load.duplicated(),
                        rssMiB.isPresent() ? Long.toString(rssMiB.getAsLong()) : "?",
                        load.shed(),
                        load.latestSendMs(),
                        load.noFillByReason().isEmpty() ? "none" : new TreeMap<>(load.noFillByReason()),
                        gatewayCpuMicros.isPresent()
                                ? "gateway: %.1f us a request; p50 %.1f ms, p99 %.1f ms above the upstream's own latency%n"
                                        .formatted(
                                                gatewayCpuMicros.getAsDouble(),
                                                load.p50Ms() - upstreamMedianMs(),
                                                load.p99Ms() - upstreamMedianMs())
                                : "");
    }

    private double upstreamMedianMs() {
        return plan.upstreamLatency().median().toNanos() / 1e6;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
