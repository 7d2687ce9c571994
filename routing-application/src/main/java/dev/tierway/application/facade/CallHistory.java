package dev.tierway.application.facade;

import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The account book from Java: one row per attempt. Rows are found once they are written, which is within milliseconds of an
 * attempt's end.
 *
 * <p>Methods that wait throw {@link IllegalStateException} on an event loop, which must not wait; what the storage failed with
 * they throw as it is.
 */
public final class CallHistory {
    private final QueryHistory history;
    private final CallExecutors executors;

    public CallHistory(QueryHistory history, CallExecutors executors) {
        this.history = history;
        this.executors = executors;
    }

    /** Every row that matches, the newest first; waits for the storage, a page at a time, as the stream is read. */
    public Stream<LedgerRow> rows(LedgerQuery query) {
        LedgerPage first = await(() -> page(query, QueryHistory.MOST, null));
        return Stream.iterate(first, Objects::nonNull, page -> after(query, page))
                .flatMap(page -> page.rows().stream());
    }

    private @Nullable LedgerPage after(LedgerQuery query, LedgerPage page) {
        LedgerCursor next = page.next();
        return next == null ? null : await(() -> page(query, QueryHistory.MOST, next.toString()));
    }

    /**
     * Some rows, the newest first, without waiting.
     *
     * @param limit 1 to {@link QueryHistory#MOST}
     * @param cursor of the page before; null: from the newest on
     */
    public CompletionStage<LedgerPage> page(LedgerQuery query, int limit, @Nullable String cursor) {
        return history.history(query, limit, cursor);
    }

    /** What the rows that match come to; waits for the storage. */
    public LedgerTotals spend(LedgerQuery query, LedgerGroup by) {
        return await(() -> history.spend(query, by));
    }

    /** The same without waiting. */
    public CompletionStage<LedgerTotals> spendAsync(LedgerQuery query, LedgerGroup by) {
        return history.spend(query, by);
    }

    private <T> T await(Supplier<CompletionStage<T>> asked) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException(
                    "this thread is an event loop and must not wait: use page() or spendAsync()");
        }
        try {
            return asked.get().toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException told = new CancellationException("interrupted while waiting for the storage");
            told.initCause(interrupted);
            throw told;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }
}
