package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.Price;

/** What a request is expected to take at a replica. */
final class Expectations {
    private Expectations() {}

    /** Output tokens expected of one choice; several are written at the same time. */
    static double tokensPerChoice(ReplicaView view, RequestFeatures features) {
        double mean = view.expectedOutput();
        Long cap = features.tokens().maxOutput();
        return cap == null ? mean : Math.min(mean, cap);
    }

    /** Dollars; a local replica without a price costs nothing; NaN if unknown. */
    static double price(ReplicaView view, RequestFeatures features) {
        Price price = view.replica().price();
        if (price == null) {
            return view.replica().local() ? 0 : Double.NaN;
        }
        double output = tokensPerChoice(view, features) * features.tokens().choices();
        return price.expectedUsd(features.tokens().input(view.model().id()), view.cachedTokens(), output);
    }
}
