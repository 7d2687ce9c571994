package dev.tierway.application.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.queue.FairQueue.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Nobody starves, everybody comes once, and what is said to be ahead is about what comes first. */
class FairQueueProperties {
    private record Call(String caller, QueuePriority priority, int number) {}

    private static final int CALLERS = 4;

    private static Call random(Random random, int number) {
        return new Call(
                "caller" + random.nextInt(CALLERS),
                QueuePriority.values()[random.nextInt(QueuePriority.values().length)],
                number);
    }

    private static Call next(FairQueue<Call> queue) {
        Ticket<Call> ticket = Objects.requireNonNull(queue.next(any -> true));
        queue.served(ticket);
        return ticket.element();
    }

    @Property(tries = 200)
    void everybody_is_served_once_and_a_callers_calls_in_their_order(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int calls) {
        Random random = new Random(seed);
        FairQueue<Call> queue = new FairQueue<>();
        List<Call> served = new ArrayList<>();
        int added = 0;
        while (served.size() < calls) {
            if (added < calls && random.nextBoolean()) {
                Call call = random(random, added++);
                queue.add(call.caller(), call.priority(), call);
            } else if (queue.size() > 0) {
                served.add(next(queue));
            }
        }
        assertThat(queue.size()).isZero();
        assertThat(served).doesNotHaveDuplicates();
        Map<String, Integer> last = new HashMap<>();
        for (Call call : served) {
            Integer before = last.put(call.caller() + call.priority(), call.number());
            assertThat(before == null ? -1 : before).isLessThan(call.number());
        }
    }

    @Property(tries = 200)
    void a_call_waits_for_no_more_than_its_callers_turns(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 200) int others,
            @ForAll @IntRange(min = 0, max = 60) int servedBefore) {
        Random random = new Random(seed);
        FairQueue<Call> queue = new FairQueue<>();
        for (int i = 0; i < others; i++) {
            Call call = random(random, i);
            queue.add(call.caller(), call.priority(), call);
        }
        for (int i = 0; i < Math.min(others, servedBefore); i++) {
            next(queue);
        }
        QueuePriority priority = QueuePriority.values()[random.nextInt(QueuePriority.values().length)];
        Call own = new Call("newcomer", priority, others);
        double ahead = queue.ahead(own.caller(), priority);
        queue.add(own.caller(), priority, own);

        int before = 0;
        int arrivals = others;
        while (!next(queue).equals(own)) {
            before++;
            // However many more the others send meanwhile.
            Call more = random(random, ++arrivals);
            queue.add(more.caller(), more.priority(), more);
        }

        int turns = CALLERS + 1;
        double most =
                turns * (QueuePriority.HIGH.weight() + QueuePriority.NORMAL.weight() + 1) / (double) priority.weight();
        assertThat((double) before).isLessThanOrEqualTo(most + turns);
        assertThat(ahead).isLessThanOrEqualTo(most + turns);
    }

    @Property(tries = 100)
    void what_is_in_never_exceeds_what_victims_leave(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int most) {
        Random random = new Random(seed);
        FairQueue<Call> queue = new FairQueue<>();
        for (int i = 0; i < 100; i++) {
            Call call = random(random, i);
            queue.add(call.caller(), call.priority(), call);
            if (queue.size() > most) {
                assertThat(queue.remove(Objects.requireNonNull(queue.victim()))).isTrue();
            }
            assertThat(queue.size()).isLessThanOrEqualTo(most);
            int sum = 0;
            for (QueuePriority priority : QueuePriority.values()) {
                sum += queue.size(priority);
            }
            assertThat(sum).isEqualTo(queue.size());
        }
    }
}
