package millrace.devkit.bench;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import millrace.devkit.load.LoadListener;
import millrace.devkit.load.LoadReport;
import millrace.devkit.load.ProcessFootprint;
import millrace.devkit.pipeline.PipelineProcess;

/** Reads the cost of the pipeline's process where the measured part of a load begins and ends, and shows how far the load is. */
final class PipelineGauge implements LoadListener {

    private final PipelineProcess pipeline;
    private final Consumer<String> progress;
    private Optional<ProcessFootprint> before = Optional.empty();
    private Optional<ProcessFootprint> after = Optional.empty();

    PipelineGauge(PipelineProcess pipeline, Consumer<String> progress) {
        this.pipeline = pipeline;
        this.progress = progress;
    }

    @Override
    public void measuring() {
        before = ProcessFootprint.of(pipeline.pid());
        progress.accept("warm-up is over, measuring");
    }

    @Override
    public void sent() {
        after = ProcessFootprint.of(pipeline.pid());
    }

    @Override
    public void progress(int sent, int answered, int of) {
        progress.accept("%d of %d sent, %d answered".formatted(sent, of, answered));
    }

    BenchReport report(BenchPlan plan, LoadReport load) {
        double cpu = before.flatMap(from -> after.map(to -> from.cpuMicrosPerRequest(to, load.answered())))
                .orElse(0.0);
        OptionalLong memory = after.map(ProcessFootprint::peakResidentMiB).orElse(OptionalLong.empty());
        return new BenchReport(plan, load, cpu, memory);
    }
}
