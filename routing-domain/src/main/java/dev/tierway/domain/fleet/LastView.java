package dev.tierway.domain.fleet;

import dev.tierway.domain.operator.Standing;
import org.jspecify.annotations.Nullable;

/**
 * The view a decision last had of a replica, taken again while nothing has changed: most candidates of most decisions
 * rest between them, and decisions that are kept share what they saw. Threads may overwrite each other's: views are
 * immutable, and the next look makes another if need be.
 */
final class LastView {
    private @Nullable ReplicaView last;

    /** That view, or the last one if it is the same. */
    ReplicaView same(
            Slot slot,
            ReplicaState state,
            ModelState model,
            ProviderState provider,
            ProbeState probe,
            Standing standing) {
        ReplicaView view = last;
        if (view == null
                || view.state() != state
                || view.modelState() != model
                || view.provider() != provider
                || view.probe() != probe
                || view.standing() != standing) {
            view = new ReplicaView(
                    new LastKnown(
                            slot.replica(),
                            slot.dialect().without(provider.missing()),
                            slot.model(),
                            state,
                            model,
                            provider,
                            probe,
                            standing),
                    Double.NaN,
                    null,
                    0);
            last = view;
        }
        return view;
    }
}
