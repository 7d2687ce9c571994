package dev.tierway.application.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.queue.FairQueue.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>();

    private void many(String caller, QueuePriority priority, int count) {
        for (int i = 0; i < count; i++) {
            queue.add(caller, priority, caller + i);
        }
    }

    private List<String> served(int count) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Ticket<String> next = Objects.requireNonNull(queue.next(any -> true));
            assertThat(queue.served(next)).isTrue();
            order.add(next.element());
        }
        return order;
    }

    @Test
    void callers_take_turns_however_many_calls_each_has() {
        many("greedy", QueuePriority.NORMAL, 100);
        many("modest", QueuePriority.NORMAL, 2);

        assertThat(served(5)).containsExactly("greedy0", "modest0", "greedy1", "modest1", "greedy2");
    }

    @Test
    void urgent_calls_get_more_slots_and_others_get_some() {
        many("a", QueuePriority.HIGH, 40);
        many("b", QueuePriority.NORMAL, 40);
        many("c", QueuePriority.LOW, 40);

        List<String> order = served(42);

        assertThat(order.stream().filter(one -> one.startsWith("a")).count()).isEqualTo(32);
        assertThat(order.stream().filter(one -> one.startsWith("b")).count()).isEqualTo(8);
        assertThat(order.stream().filter(one -> one.startsWith("c")).count()).isEqualTo(2);
    }

    @Test
    void who_had_nothing_to_ask_for_has_saved_up_nothing() {
        many("a", QueuePriority.NORMAL, 50);
        served(40);
        many("b", QueuePriority.HIGH, 50);

        long ofA = served(25).stream().filter(one -> one.startsWith("a")).count();

        assertThat(ofA).isBetween(4L, 6L);
    }

    @Test
    void a_slot_some_cannot_use_goes_to_the_next_who_can() {
        many("a", QueuePriority.HIGH, 3);
        many("b", QueuePriority.LOW, 3);

        Ticket<String> next = Objects.requireNonNull(queue.next(one -> one.equals("b1")));

        assertThat(next.element()).isEqualTo("b1");
        assertThat(queue.next(one -> one.equals("nobody"))).isNull();
    }

    @Test
    void room_is_made_by_the_newest_call_of_whoever_waits_for_most() {
        many("greedy", QueuePriority.NORMAL, 5);
        many("modest", QueuePriority.NORMAL, 1);

        assertThat(Objects.requireNonNull(queue.victim()).element()).isEqualTo("greedy4");
    }

    @Test
    void one_call_of_low_priority_is_not_put_out_for_the_hundredth_of_an_urgent_caller() {
        many("urgent", QueuePriority.HIGH, 100);
        many("patient", QueuePriority.LOW, 1);

        assertThat(Objects.requireNonNull(queue.victim()).element()).isEqualTo("urgent99");
    }

    @Test
    void a_modest_caller_has_few_ahead_of_it() {
        many("greedy", QueuePriority.NORMAL, 100);

        assertThat(queue.ahead("modest", QueuePriority.NORMAL)).isEqualTo(1);
        assertThat(queue.ahead("greedy", QueuePriority.NORMAL)).isEqualTo(100);
        assertThat(queue.ahead("patient", QueuePriority.LOW)).isEqualTo(4);
    }

    @Test
    void one_that_is_out_cannot_be_taken_out_again() {
        Ticket<String> ticket = queue.add("a", QueuePriority.NORMAL, "x");

        assertThat(queue.remove(ticket)).isTrue();
        assertThat(queue.remove(ticket)).isFalse();
        assertThat(queue.served(ticket)).isFalse();
        assertThat(queue.size()).isZero();
    }
}
