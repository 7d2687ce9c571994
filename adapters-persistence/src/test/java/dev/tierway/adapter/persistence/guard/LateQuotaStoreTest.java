package dev.tierway.adapter.persistence.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateQuotaStoreTest {
    private static final Descriptor SLOTS = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(2));

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final BookedStore behind = new BookedStore(new ManualClock(), Guarded.RESERVATION);
    private boolean there;
    private int opened;
    private final LateQuotaStore store = new LateQuotaStore(this::open, threads::add);

    private RemoteQuotaStore open() {
        if (!there) {
            throw new StoreException("connection refused");
        }
        opened++;
        return behind;
    }

    @Test
    void until_it_is_open_everything_fails_at_once() {
        assertThat(Answers.failure(store.reserve(Reservations.of(Guarded.attempt("a"), List.of(SLOTS), Guarded.one()))))
                .hasMessage("it could not be opened yet");
        assertThat(store.liveInstances()).isEqualTo(1);
        assertThat(threads).isEmpty();
    }

    @Test
    void pings_open_it_one_at_a_time_and_again_after_a_failure() {
        var first = store.ping().toCompletableFuture();
        var second = store.ping().toCompletableFuture();
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(Answers.failure(first)).hasMessage("connection refused");
        assertThat(second).isCompletedExceptionally();

        there = true;
        var third = store.ping().toCompletableFuture();
        assertThat(third).isNotDone();
        threads.remove().run();
        Answers.of(third);
        Answers.of(store.ping());
        assertThat(opened).isEqualTo(1);
        behind.instances = 4;
        assertThat(store.liveInstances()).isEqualTo(4);
        assertThat(Answers.of(store.reserve(Reservations.of(Guarded.attempt("a"), List.of(SLOTS), Guarded.one()))))
                .isInstanceOf(Result.Granted.class);
    }

    @Test
    void closed_while_it_is_being_opened_it_closes_what_was_opened() {
        there = true;
        store.ping();
        store.close();
        threads.remove().run();

        assertThat(behind.closed).isTrue();
    }
}
