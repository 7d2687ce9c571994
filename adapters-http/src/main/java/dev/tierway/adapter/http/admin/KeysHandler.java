package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.port.in.ManageKeys;
import dev.tierway.application.port.in.ManageKeys.KeyReceipt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** API keys over HTTP. A secret is in one answer only: the one to whoever made it. */
final class KeysHandler {
    private static final int MAX_BODY_BYTES = 64 << 10;

    private final ManageKeys keys;
    private final AdminDoor door;

    /** @param door knows whom the admin port let in */
    KeysHandler(ManageKeys keys, AdminDoor door) {
        this.keys = keys;
        this.door = door;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/admin/keys", this::list).evenWhileDraining(),
                post("/admin/keys", this::create),
                post("/admin/keys/rotate", this::rotate),
                post("/admin/keys/revoke", this::revoke));
    }

    private Endpoint post(String path, BiFunction<byte[], String, CompletionStage<?>> order) {
        return Endpoint.post(
                        path,
                        exchange -> exchange.readBody(
                                MAX_BODY_BYTES, body -> Answers.json(exchange, order.apply(body, door.of(exchange)))))
                .evenWhileDraining();
    }

    private void list(Exchange exchange) {
        QueryString.of(exchange, List.of());
        Answers.json(exchange, keys.keys().thenApply(all -> Map.of("keys", all)));
    }

    private CompletionStage<?> create(byte[] body, String by) {
        return keys.create(KeyOrders.create(body, by)).thenApply(KeysHandler::receipt);
    }

    private CompletionStage<?> rotate(byte[] body, String by) {
        Members members = Members.read(body, List.of("id", "secret", "overlap", "author"));
        Duration overlap = members.span("overlap");
        return keys.rotate(
                        members.required("id"),
                        members.text("secret"),
                        overlap == null ? Duration.ZERO : overlap,
                        members.author(by))
                .thenApply(KeysHandler::receipt);
    }

    private CompletionStage<?> revoke(byte[] body, String by) {
        Members members = Members.read(body, List.of("id", "reason", "author"));
        return keys.revoke(members.required("id"), members.text("reason"), members.author(by))
                .thenApply(key -> Map.of("key", key));
    }

    private static Map<String, @Nullable Object> receipt(KeyReceipt receipt) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", receipt.key());
        json.put("secret", receipt.secret());
        json.put("warnings", receipt.warnings());
        return json;
    }
}
