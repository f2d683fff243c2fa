package millrace.devkit.bench;

import java.time.Duration;

/**
 * What a kill cost.
 *
 * @param served ads that were in the stores
 * @param ready from the kill to the moment at which the instance that goes on calls itself ready
 * @param firstPartition from the kill to the first committed answer
 * @param allPartitions from the kill to the first committed answer of the partition that came last
 */
record RestoreFigures(RestorePlan plan, long served, Duration ready, Duration firstPartition, Duration allPartitions) {

    String json() {
        return "{\"exposures\":" + served + ",\"instances\":" + plan.instances() + ",\"standbys\":" + plan.standbys()
                + ",\"readyMs\":" + ready.toMillis() + ",\"firstPartitionMs\":" + firstPartition.toMillis()
                + ",\"allPartitionsMs\":" + allPartitions.toMillis() + "}";
    }
}
