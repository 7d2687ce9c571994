package dev.tierway.application.keys;

import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.NumberedKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is written about keys now and then, not while somebody waits. */
record KeyUpkeep(ApiKeyStore store, KeyRing ring, KeyBook book) {
    CompletionStage<@Nullable Void> storeUses() {
        Map<String, Long> news = new LinkedHashMap<>();
        ring.uses().forEach((id, use) -> {
            if (use.isNews()) {
                news.put(id, use.lastMillis());
            }
        });
        if (news.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        return store.used(news).thenApply(done -> {
            news.forEach((id, at) -> ring.use(id).stored(at));
            return null;
        });
    }

    CompletionStage<@Nullable Void> upgrade() {
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (KeyRing.Upgrade upgrade : ring.takeUpgrades()) {
            NumberedKey key = book.stored(upgrade.id());
            if (key != null && key.key().revokedEpochMillis() == null) {
                List<KeySecret> secrets = key.key().secrets().stream()
                        .map(one -> one.digest().equals(upgrade.old()) ? renewed(one, upgrade) : one)
                        .toList();
                // Somebody else's change goes first; the next use tries again.
                writes.add(
                        store.put(key.key().withSecrets(secrets), key.number()).toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).thenApply(done -> null);
    }

    private static KeySecret renewed(KeySecret old, KeyRing.Upgrade upgrade) {
        return new KeySecret(upgrade.digest().text(), upgrade.digest().pepper(), old.hint(), old.untilEpochMillis());
    }
}
