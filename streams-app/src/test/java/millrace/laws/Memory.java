package millrace.laws;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/** All that a task remembers: its stores, which every new driver of the task is given. */
public final class Memory {
    private final Map<String, Rows<?, ?>> rows = new TreeMap<>();
    /** One builder a store: Kafka Streams takes a store twice only when it is the same. */
    private final Map<String, Injected> stores = new TreeMap<>();

    /** In the place of the store that the topology wants. */
    public StoreBuilder<?> inPlaceOf(StoreBuilder<?> wanted) {
        return stores.computeIfAbsent(wanted.name(), name -> new Injected(make(name, wanted)));
    }

    private StateStore make(String name, StoreBuilder<?> wanted) {
        if (wanted.build() instanceof WindowStore) {
            Rows<SlotRows.Slot, byte[]> slots = new Rows<>();
            rows.put(name, slots);
            return new SlotRows(name, slots);
        }
        Rows<String, Object> keyed = new Rows<>(); // The topology knows its types.
        rows.put(name, keyed);
        return new KeyedRows<>(name, keyed);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller knows the store that it names.
    <S> S store(String name) {
        return (S) Objects.requireNonNull(stores.get(name), name).store();
    }

    public void commit() {
        rows.values().forEach(Rows::commit);
    }

    /** @param kept how many of a store's writes since the last commit are still there */
    public void crash(IntUnaryOperator kept) {
        rows.values().forEach(store -> store.crash(kept.applyAsInt(store.writesSinceCommit())));
    }

    /** Hands out the one store that there is. */
    private record Injected(StateStore store) implements StoreBuilder<StateStore> {
        @Override
        public StoreBuilder<StateStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<StateStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<StateStore> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<StateStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public StateStore build() {
            return store;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return store.name();
        }
    }
}
