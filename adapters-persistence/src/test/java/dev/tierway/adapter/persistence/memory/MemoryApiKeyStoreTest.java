package dev.tierway.adapter.persistence.memory;

import dev.tierway.adapter.persistence.ApiKeyStoreContract;
import dev.tierway.application.port.out.ApiKeyStore;

class MemoryApiKeyStoreTest implements ApiKeyStoreContract {
    private final MemoryApiKeyStore keys = new MemoryApiKeyStore();

    @Override
    public ApiKeyStore keys() {
        return keys;
    }
}
