package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.domain.fixture.Fleet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HistoryQueriesTest {
    private final TestApplication one = TestApplication.with(Fleet.of("a/m"));
    private final HistoryQueries history = new HistoryQueries(one.recorded);

    private static Throwable failure(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException wrapped) {
            return wrapped.getCause();
        }
        throw new AssertionError("it should have failed");
    }

    @Test
    void rows_come_from_the_ledger() {
        one.call(new RecordingSink());
        one.transport.last().answers("hi");

        assertThat(history.history(LedgerQuery.ALL, 10, null)
                        .toCompletableFuture()
                        .join()
                        .rows())
                .isEqualTo(one.recorded.rows);
        assertThat(history.history(LedgerQuery.ALL.where(LedgerField.MODEL, "other"), 10, null)
                        .toCompletableFuture()
                        .join()
                        .rows())
                .isEmpty();
    }

    @Test
    void a_limit_out_of_range_is_told() {
        for (int limit : new int[] {0, -1, 1001}) {
            assertThat(failure(history.history(LedgerQuery.ALL, limit, null)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("limit must be 1 to 1000, not " + limit);
        }
    }

    @Test
    void a_cursor_is_read_as_it_was_written_and_another_text_is_told() {
        LedgerCursor cursor = new LedgerCursor(987_654_321);

        assertThat(LedgerCursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(LedgerCursor.parse(null)).isEqualTo(LedgerCursor.NEWEST);
        assertThat(failure(history.history(LedgerQuery.ALL, 1, "no cursor!")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("use next_cursor of the page before");
    }
}
