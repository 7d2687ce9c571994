package dev.tierway.adapter.http;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.KeyStatus;
import dev.tierway.application.port.in.ManageKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keys as a test says they are; remembers what was ordered. */
public final class FakeKeys implements ManageKeys, Authenticate {
    public final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    public NewKey created;
    public String rotated;
    public String revoked;

    public void know(String secret, String id, Grant grant) {
        verdicts.put(secret, new Known(new Caller(id, grant)));
    }

    private static KeyStatus status(String id) {
        return new KeyStatus(
                id,
                "active",
                "stored",
                List.of("call"),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    public Verdict verdict(String secret) {
        return verdicts.getOrDefault(secret, new Refused(Reason.UNKNOWN));
    }

    @Override
    public CompletionStage<KeyReceipt> create(NewKey key) {
        created = key;
        return CompletableFuture.completedStage(
                new KeyReceipt(status(key.id()), key.secret() == null ? "sk-tw-drawn" : null, List.of("mind this")));
    }

    @Override
    public CompletionStage<List<KeyStatus>> keys() {
        return CompletableFuture.completedStage(List.of(status("team")));
    }

    @Override
    public CompletionStage<KeyReceipt> rotate(String id, String secret, Duration overlap, String author) {
        rotated = id + " " + secret + " " + overlap + " " + author;
        return CompletableFuture.completedStage(new KeyReceipt(status(id), "sk-tw-next", List.of()));
    }

    @Override
    public CompletionStage<KeyStatus> revoke(String id, String reason, String author) {
        revoked = id + " " + reason + " " + author;
        return CompletableFuture.completedStage(status(id));
    }
}
