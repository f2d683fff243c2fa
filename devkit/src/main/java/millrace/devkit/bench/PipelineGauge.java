package millrace.devkit.bench;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import millrace.devkit.load.LoadListener;
import millrace.devkit.load.LoadReport;
import millrace.devkit.load.ProcessFootprint;
import millrace.devkit.pipeline.PipelineProcess;

/** Reads the cost of the pipeline's process where the measured part of a load begins and ends, and shows how far the load is. */
final class PipelineGauge implements LoadListener {

    private final PipelineProcess pipeline;
    private final Optional<PipelineProcess> gateway;
    private final Consumer<String> progress;
    private Optional<ProcessFootprint> before = Optional.empty();
    private Optional<ProcessFootprint> after = Optional.empty();
    private Optional<ProcessFootprint> gatewayBefore = Optional.empty();
    private Optional<ProcessFootprint> gatewayAfter = Optional.empty();

    PipelineGauge(PipelineProcess pipeline, Optional<PipelineProcess> gateway, Consumer<String> progress) {
        this.pipeline = pipeline;
        this.gateway = gateway;
        this.progress = progress;
    }

    @Override
    public void measuring() {
        before = ProcessFootprint.of(pipeline.pid());
        gatewayBefore = gateway.flatMap(process -> ProcessFootprint.of(process.pid()));
        progress.accept("warm-up is over, measuring");
    }

    @Override
    public void sent() {
        after = ProcessFootprint.of(pipeline.pid());
        gatewayAfter = gateway.flatMap(process -> ProcessFootprint.of(process.pid()));
    }

    @Override
    public void progress(int sent, int answered, int of) {
        progress.accept("%d of %d sent, %d answered".formatted(sent, of, answered));
    }

    BenchReport report(BenchPlan plan, LoadReport load) {
        double cpu = cpu(before, after, load).orElse(0);
        OptionalLong memory = after.map(ProcessFootprint::peakResidentMiB).orElse(OptionalLong.empty());
        return new BenchReport(plan, load, cpu, memory, cpu(gatewayBefore, gatewayAfter, load));
    }

    private static OptionalDouble cpu(Optional<ProcessFootprint> from, Optional<ProcessFootprint> to, LoadReport load) {
        return from.isEmpty() || to.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(from.get().cpuMicrosPerRequest(to.get(), load.answered()));
    }
}
