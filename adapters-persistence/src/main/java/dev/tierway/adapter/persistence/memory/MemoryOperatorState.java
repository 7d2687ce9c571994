package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** What operators have ordered, gone with the process. */
public final class MemoryOperatorState implements OperatorState {
    private final List<NumberedOrder> ascending = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long last;

    @Override
    public CompletionStage<Long> put(GivenOrder order) {
        lock.lock();
        try {
            ascending.removeIf(one -> one.given().scope().equals(order.scope())
                    && one.given().order().topic() == order.order().topic());
            last++;
            ascending.add(new NumberedOrder(last, order));
            return CompletableFuture.completedFuture(last);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<List<NumberedOrder>> after(long number) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(
                    ascending.stream().filter(one -> one.number() > number).toList());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
