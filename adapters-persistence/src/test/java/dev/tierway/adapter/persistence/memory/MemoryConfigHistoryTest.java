package dev.tierway.adapter.persistence.memory;

import dev.tierway.adapter.persistence.ConfigHistoryContract;
import dev.tierway.application.port.out.ConfigHistory;

class MemoryConfigHistoryTest implements ConfigHistoryContract {
    private final MemoryConfigHistory history = new MemoryConfigHistory();

    @Override
    public ConfigHistory history() {
        return history;
    }
}
