package dev.tierway.domain.fleet;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One entry of the registry: an immutable value that is replaced atomically. */
final class Cell<T> {
    private final AtomicReference<T> value;

    Cell(T initial) {
        value = new AtomicReference<>(initial);
    }

    T get() {
        return Objects.requireNonNull(value.get());
    }

    T update(UnaryOperator<T> change) {
        return Objects.requireNonNull(value.updateAndGet(change));
    }

    boolean replace(T expected, T next) {
        return value.compareAndSet(expected, next);
    }
}
