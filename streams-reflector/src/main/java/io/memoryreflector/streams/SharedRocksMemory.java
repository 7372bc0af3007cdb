package io.memoryreflector.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory of all state stores of the process: every partition of every lane has a RocksDB of its own,
 * and each would otherwise take 50 MiB for blocks alone.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {

    private static final long TOTAL_BYTES = 192L << 20;

    /**
     * Of all stores. Where it is full, a store flushes at each record that it writes, however little it holds itself: so
     * it takes the write buffers of ten stores in twelve partitions all full, of which RocksDB uses seven eighths.
     */
    private static final long WRITE_BUFFER_BYTES = 144L << 20;

    private static final long WRITE_BUFFER_OF_ONE_STORE = 1L << 20;

    /** What a store that holds next to nothing takes of {@link #WRITE_BUFFER_BYTES}, twice: the default is an eighth. */
    private static final long ARENA_BLOCK_BYTES = 16L << 10;

    /** A pending store is read from its start to its end by whoever takes it over: a few tasks at a time, not one. */
    private static final long PENDING_BLOCK_BYTES = 32L << 10;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(TOTAL_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    private final Filter filter = new BloomFilter();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(filter);
        if (Names.isPendingStore(storeName)) {
            table.setBlockSize(PENDING_BLOCK_BYTES);
        }
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_OF_ONE_STORE);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }
}
