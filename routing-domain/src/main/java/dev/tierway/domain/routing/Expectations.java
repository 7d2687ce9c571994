package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.Price;
import org.jspecify.annotations.Nullable;

/** What a request is expected to take at a replica. */
final class Expectations {
    private Expectations() {}

    /** Output tokens expected of all choices together. */
    static double outputTokens(ReplicaView view, RequestFeatures features) {
        double mean = view.modelState().outputs().mean();
        Long cap = features.tokens().maxOutput();
        return (cap == null ? mean : Math.min(mean, cap)) * features.tokens().choices();
    }

    /** Dollars; a local replica without a price costs nothing; null if unknown. */
    static @Nullable Double price(ReplicaView view, RequestFeatures features) {
        Price price = view.replica().price();
        if (price == null) {
            return view.replica().local() ? Double.valueOf(0) : null;
        }
        return price.expectedUsd(features.tokens().input(), 0, outputTokens(view, features));
    }
}
