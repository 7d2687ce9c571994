package dev.tierway.application.port.out;

import dev.tierway.domain.fleet.FleetHint;
import java.util.function.Consumer;

/**
 * Tells other instances what this one found out about the fleet, and hears what they did. Best effort: a hint may be lost, come
 * late or twice, and nothing may depend on it. Never blocks, never throws.
 */
public interface FleetHints extends AutoCloseable {
    /** For an instance that is alone. */
    FleetHints NONE = new FleetHints() {
        @Override
        public void publish(FleetHint hint) {}

        @Override
        public void subscribe(Consumer<FleetHint> listener) {}

        @Override
        public void close() {}
    };

    void publish(FleetHint hint);

    /** Hints of other instances, never one's own. Called on any thread; must not block. */
    void subscribe(Consumer<FleetHint> listener);

    @Override
    void close();
}
