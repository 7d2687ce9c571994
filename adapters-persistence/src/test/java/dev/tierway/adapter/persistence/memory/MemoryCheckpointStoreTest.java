package dev.tierway.adapter.persistence.memory;

import dev.tierway.adapter.persistence.CheckpointStoreContract;
import dev.tierway.application.port.out.CheckpointStore;

class MemoryCheckpointStoreTest implements CheckpointStoreContract {
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();

    @Override
    public CheckpointStore store() {
        return store;
    }
}
