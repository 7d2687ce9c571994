package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Exchange;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Answers with what becomes known later, back on the request's own event loop. */
final class Answers {
    private Answers() {}

    static void json(Exchange exchange, CompletionStage<?> answer) {
        answer.whenComplete((document, error) -> exchange.context().runOnContext(now -> {
            if (error == null) {
                exchange.guarded(() -> exchange.json(200, document));
            } else {
                exchange.fail(
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
            }
        }));
    }
}
