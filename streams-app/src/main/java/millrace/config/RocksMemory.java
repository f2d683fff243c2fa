package millrace.config;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Keeps all RocksDB stores of the process within one bound. Left alone, each store (and each segment of a window store, in each
 * partition) takes up to 50 MB of blocks and 48 MB of write buffers for itself.
 *
 * <p>Kafka Streams makes one of these for every store; what they share is made once and lives as long as the process. The first
 * configuration of a process counts.
 */
public final class RocksMemory implements RocksDBConfigSetter {
    static final String BLOCK_BYTES = "millrace.state.blocks";
    static final String WRITE_BYTES = "millrace.state.writes";

    /** Part of the cache that indexes and filters do not lose to blocks. */
    private static final double INDEX_SHARE = 0.2;

    private static final long BLOCK_SIZE = 4 << 10;
    private static final long WRITE_BUFFER = 4 << 20;
    /** What a store takes for its first write: with hundreds of segments the default of 512 KiB would fill the bound with air. */
    private static final long ARENA_BLOCK = 64 << 10;

    private static @Nullable Shared shared;

    private record Shared(Cache cache, WriteBufferManager writes) {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared memory = shared(bytes(configs, BLOCK_BYTES), bytes(configs, WRITE_BYTES));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setBlockSize(BLOCK_SIZE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writes());
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
        options.setArenaBlockSize(ARENA_BLOCK);
        // RocksDB's own report of each store every ten minutes is a file that nobody reads.
        options.setStatsDumpPeriodSec(0);
    }

    @Override
    public void close(String storeName, Options options) {
        // What the stores share outlives each of them.
    }

    private static synchronized Shared shared(long blocks, long writes) {
        if (shared == null) {
            RocksDB.loadLibrary();
            // The write buffers are counted in the cache, so the cache is the bound of both.
            Cache cache = new LRUCache(blocks + writes, -1, false, INDEX_SHARE);
            shared = new Shared(cache, new WriteBufferManager(writes, cache));
        }
        return shared;
    }

    private static long bytes(Map<String, Object> configs, String key) {
        Object value = configs.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing; the properties must come from StreamsSettings");
        }
        return Long.parseLong(value.toString());
    }
}
