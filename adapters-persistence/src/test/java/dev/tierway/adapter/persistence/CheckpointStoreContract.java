package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.CheckpointStore.Claim;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every storage of checkpoints promises. */
public interface CheckpointStoreContract {
    StepKey STEP = new StepKey(null, "w", "s");

    CheckpointStore store();

    static Checkpoint done(StepKey step, String hash) {
        return new Checkpoint(
                step,
                hash,
                "ann",
                "dec_1",
                "a/m",
                List.of("b/m", "c/m"),
                "{\"text\":\"it's \\\"done\\\" – 遅い\"}",
                10,
                20,
                30L,
                1000,
                2000,
                4);
    }

    private Claim claim(String hash, String writer, long now) {
        return Answers.of(store().claim(STEP, hash, writer, now, now + 100));
    }

    @Test
    default void a_step_is_taken_once_until_its_writer_is_silent_for_too_long() {
        assertThat(claim("h", "one", 0)).isEqualTo(new Claim.Taken(List.of()));
        assertThat(claim("h", "two", 99)).isEqualTo(new Claim.Busy("one", 100));
        assertThat(claim("h", "two", 100)).isEqualTo(new Claim.Taken(List.of()));
        assertThat(Answers.of(store().renew(STEP, "one", 500)))
                .as("its place is taken")
                .isFalse();
        assertThat(Answers.of(store().complete("one", done(STEP, "h")))).isFalse();
        assertThat(Answers.of(store().renew(STEP, "two", 500))).isTrue();
        assertThat(claim("h", "three", 300)).isEqualTo(new Claim.Busy("two", 500));
    }

    @Test
    default void a_completed_step_comes_back_as_it_was_for_the_same_request_alone() {
        claim("h", "one", 0);
        Checkpoint done = done(STEP, "h");
        assertThat(Answers.of(store().complete("one", done))).isTrue();

        assertThat(claim("h", "two", 1)).isEqualTo(new Claim.Done(done));
        assertThat(Answers.of(store().find(STEP))).isEqualTo(done);
        assertThat(claim("other", "two", 1)).as("another request").isEqualTo(new Claim.Taken(List.of()));
        assertThat(Answers.of(store().find(STEP))).isNull();
    }

    @Test
    default void what_is_unknown_stays_so() {
        claim("h", "one", 0);
        Checkpoint bare = new Checkpoint(STEP, "h", null, "dec_1", null, List.of(), "1", 0, 0, null, 0, 0, 0);
        Answers.of(store().complete("one", bare));

        assertThat(Answers.of(store().find(STEP))).isEqualTo(bare);
    }

    @Test
    default void where_it_failed_is_known_to_the_next_writer() {
        claim("h", "one", 0);
        Answers.of(store().failedAt(STEP, "one", "a/m"));
        Answers.of(store().failedAt(STEP, "one", "b/m"));
        Answers.of(store().failedAt(STEP, "one", "a/m"));
        Answers.of(store().failedAt(STEP, "somebody else", "c/m"));
        Answers.of(store().release(STEP, "one"));

        assertThat(claim("h", "two", 1)).isEqualTo(new Claim.Taken(List.of("a/m", "b/m")));
    }

    @Test
    default void of_many_who_want_a_step_at_once_one_gets_it() {
        List<CompletableFuture<Claim>> claims = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            claims.add(store().claim(STEP, "h", "w" + i, 0, 100).toCompletableFuture());
        }

        assertThat(claims.stream().map(Answers::of).filter(Claim.Taken.class::isInstance))
                .hasSize(1);
    }

    @Test
    default void steps_come_in_the_order_of_their_completion_the_newest_of_them() {
        for (String name : List.of("c", "a", "b")) {
            StepKey step = new StepKey(null, "w", name);
            Answers.of(store().claim(step, "h", "one", 0, 100));
            Answers.of(store().complete("one", done(step, "h")));
        }
        Answers.of(store().claim(new StepKey(null, "w", "open"), "h", "one", 0, 100));

        assertThat(Answers.of(store().steps(null, "w", 10)))
                .extracting(one -> one.step().step())
                .containsExactly("c", "a", "b");
        assertThat(Answers.of(store().steps(null, "w", 2)))
                .extracting(one -> one.step().step())
                .containsExactly("a", "b");
        assertThat(Answers.of(store().steps("key", "w", 10)))
                .as("another key's space")
                .isEmpty();
    }

    private static SharedState state(long version, String json) {
        return new SharedState(version, json, "hash of " + json, "ann", 1000);
    }

    @Test
    default void a_state_is_written_over_the_version_that_was_read_alone() {
        assertThat(Answers.of(store().state(null, "w"))).isNull();
        assertThat(Answers.of(store().compareAndSet(null, "w", 0, state(1, "1"))))
                .isEqualTo(state(1, "1"));
        assertThat(Answers.of(store().compareAndSet(null, "w", 0, state(1, "2"))))
                .as("somebody was quicker")
                .isEqualTo(state(1, "1"));
        assertThat(Answers.of(store().compareAndSet(null, "w", 1, state(2, "2"))))
                .isEqualTo(state(2, "2"));
        assertThat(Answers.of(store().state(null, "w"))).isEqualTo(state(2, "2"));
        assertThat(Answers.of(store().state("key", "w"))).isNull();
    }

    @Test
    default void the_same_state_again_is_no_change_and_a_version_from_nowhere_is_not_written() {
        Answers.of(store().compareAndSet(null, "w", 0, state(1, "1")));
        assertThat(Answers.of(store().compareAndSet(null, "w", 1, state(2, "1"))))
                .isEqualTo(state(1, "1"));

        assertThat(Answers.of(store().compareAndSet(null, "new", 5, state(6, "1")))
                        .version())
                .isZero();
        assertThat(Answers.of(store().state(null, "new"))).isNull();
    }

    @Test
    default void of_many_who_write_over_one_version_one_does() {
        List<CompletableFuture<SharedState>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(store().compareAndSet(null, "w", 0, state(1, "" + i)).toCompletableFuture());
        }

        assertThat(writes.stream().map(Answers::of).distinct()).hasSize(1);
    }

    @Test
    default void a_forgotten_workflow_begins_again() {
        claim("h", "one", 0);
        Answers.of(store().complete("one", done(STEP, "h")));
        Answers.of(store().compareAndSet(null, "w", 0, state(1, "1")));

        Answers.of(store().forget(null, "w"));

        assertThat(Answers.of(store().steps(null, "w", 10))).isEmpty();
        assertThat(Answers.of(store().state(null, "w"))).isNull();
        assertThat(claim("h", "two", 1)).isEqualTo(new Claim.Taken(List.of()));
    }
}
