package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.ResponseWriter;
import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows of the ledger, however many: a page is looked up when the client has taken the one before, so that no more than one
 * is held.
 */
final class HistoryExport {
    /** How rows are written. */
    enum Format {
        CSV("text/csv; charset=utf-8; header=present"),
        /** A JSON object a line. */
        JSONL("application/jsonl");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        byte[] head() {
            return this == CSV ? bytes(Csv.line(HistoryColumns.NAMES)) : new byte[0];
        }

        byte[] rows(LedgerPage page) {
            StringBuilder text = new StringBuilder();
            for (LedgerRow row : page.rows()) {
                text.append(
                        this == CSV
                                ? HistoryColumns.csv(row)
                                : new String(Json.bytes(HistoryColumns.json(row)), StandardCharsets.UTF_8) + "\n");
            }
            return bytes(text.toString());
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final Exchange exchange;
    private final ResponseWriter writer;
    private final QueryHistory history;
    private final LedgerQuery query;
    private final Format format;
    private long left;
    private @Nullable LedgerCursor next;
    private boolean begun;
    private boolean lookingUp;
    private boolean over;

    /** @param most rows at most */
    HistoryExport(Exchange exchange, QueryHistory history, LedgerQuery query, Format format, long most) {
        this.exchange = exchange;
        this.writer = exchange.writer();
        this.history = history;
        this.query = query;
        this.format = format;
        this.left = most;
    }

    /** @param cursor where to begin; null: with the newest */
    void start(@Nullable String cursor) {
        exchange.onLeft(() -> over = true);
        writer.onDrain(this::more);
        try {
            next = LedgerCursor.parse(cursor);
        } catch (IllegalArgumentException notOurs) {
            throw HttpProblem.invalid(String.valueOf(notOurs.getMessage()), "cursor");
        }
        more();
    }

    private void more() {
        if (over || lookingUp || next == null || writer.full()) {
            return;
        }
        lookingUp = true;
        int limit = (int) Math.min(QueryHistory.MOST, left);
        Future.fromCompletionStage(history.history(query, limit, next.toString()), exchange.context())
                .onSuccess(page -> exchange.guarded(() -> found(page)))
                .onFailure(this::failed);
    }

    private void found(LedgerPage page) {
        lookingUp = false;
        if (over) {
            return;
        }
        begin();
        if (over) {
            return;
        }
        left -= page.rows().size();
        next = left > 0 ? page.next() : null;
        if (!page.rows().isEmpty()) {
            writer.write(format.rows(page));
        }
        if (next == null) {
            over = true;
            exchange.end();
        } else {
            more();
        }
    }

    /** Only with the first page: until then an error can be answered as one. */
    private void begin() {
        if (!begun) {
            begun = true;
            exchange.head(200, format.contentType).setChunked(true);
            if (exchange.request().method().equals(HttpMethod.HEAD)) {
                over = true;
                exchange.end();
                return;
            }
            writer.write(format.head());
        }
    }

    /** After the head the connection goes without the mark that ends a body, so that nobody takes a part for the whole. */
    private void failed(Throwable problem) {
        if (!over) {
            over = true;
            if (begun) {
                exchange.breakOff(new byte[0]);
            } else {
                exchange.fail(problem);
            }
        }
    }
}
