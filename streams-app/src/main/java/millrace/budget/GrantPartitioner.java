package millrace.budget;

import java.util.Optional;
import java.util.Set;
import millrace.schemas.BudgetGrant;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A grant goes to the partition whose lease it is for. The {@link Ledger} lets no other partition through. */
public final class GrantPartitioner implements StreamPartitioner<String, BudgetGrant> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String campaign, BudgetGrant grant, int partitions) {
        return Optional.of(Set.of(grant.getPartition()));
    }
}
