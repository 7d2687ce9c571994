package dev.tierway.domain.fleet;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One entry of the registry: an immutable value that is replaced atomically. */
@SuppressWarnings("serial") // it is an atomic reference to save a step at every look, not to be written anywhere
final class Cell<T> extends AtomicReference<T> {
    Cell(T initial) {
        super(initial);
    }

    T update(UnaryOperator<T> change) {
        return updateAndGet(change);
    }

    boolean replace(T expected, T next) {
        return compareAndSet(expected, next);
    }
}
