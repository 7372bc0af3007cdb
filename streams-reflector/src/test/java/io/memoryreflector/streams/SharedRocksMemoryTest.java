package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class SharedRocksMemoryTest {

    /** Ten stores in twelve partitions. */
    private static final int STORES = 120;

    private static final int RECORDS = 500;

    @TempDir
    Path folder;

    @Test
    void shouldNotFlushAStoreForWhatTheOthersHold() throws Exception {
        // Given: every store of an instance that has all partitions is in use
        var memory = new SharedRocksMemory();
        var stores = new ArrayList<RocksDB>();
        try (var options = new Options().setCreateIfMissing(true)) {
            options.setTableFormatConfig(new BlockBasedTableConfig());
            memory.setConfig("store", options, Map.of());
            for (int number = 0; number < STORES; number++) {
                var store =
                        RocksDB.open(options, folder.resolve("store" + number).toString());
                stores.add(store);
                write(store, 5);
            }

            // When: one of them takes a good many small records
            write(stores.get(0), RECORDS);

            // Then: they are still in memory
            assertThat(stores.get(0).getLongProperty("rocksdb.num-entries-active-mem-table"))
                    .isGreaterThanOrEqualTo(RECORDS);
            assertThat(filesOf(folder.resolve("store0"))).noneMatch(name -> name.endsWith(".sst"));
        } finally {
            stores.forEach(RocksDB::close);
        }
    }

    private static void write(RocksDB store, int records) throws RocksDBException {
        for (int number = 0; number < records; number++) {
            store.put(ByteBuffer.allocate(4).putInt(number).array(), new byte[1_000]);
        }
    }

    private static List<String> filesOf(Path store) throws Exception {
        try (var files = Files.list(store)) {
            return files.map(Path::getFileName).map(Path::toString).toList();
        }
    }
}
