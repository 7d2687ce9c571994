package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;

/** The part of the chain that caller, key and rules ask for. */
final class Demands {
    private Demands() {}

    static void check(ReplicaView view, RequestFeatures features, Reasons reasons) {
        Constraints demanded = features.constraints();
        if (demanded == Constraints.NONE) {
            return;
        }
        Replica replica = view.replica();
        for (String id : demanded.exclude()) {
            if (names(view, id)) {
                reasons.add(new Rejection.Excluded(id));
                break;
            }
        }
        if (!demanded.only().isEmpty() && demanded.only().stream().noneMatch(id -> names(view, id))) {
            reasons.add(new Rejection.NotInOnly());
        }
        if (demanded.local() == Constraints.Local.REQUIRED && !replica.local()) {
            reasons.add(new Rejection.LocalRequired());
        }
        if (demanded.local() == Constraints.Local.DISABLED && replica.local()) {
            reasons.add(new Rejection.LocalDisabled());
        }
        if (!replica.tags().containsAll(demanded.tags())) {
            List<String> missing = new ArrayList<>(demanded.tags());
            missing.removeAll(replica.tags());
            reasons.add(new Rejection.MissingTag(List.copyOf(missing)));
        }
        String region = demanded.region();
        if (region != null && !region.equals(replica.region())) {
            reasons.add(new Rejection.MissingRegion(region));
        }
        if (!demanded.allowed().admits(replica, view.model())) {
            reasons.add(new Rejection.KeyNotAllowed(view.model().id().value()));
        }
        Constraints.Bounded bounded = demanded.bounded();
        boolean price = bounded.price() && replica.price() == null && !replica.local();
        boolean output = bounded.output() && view.model().maxOutputTokens() == null && !replica.local();
        if (price || output) {
            reasons.add(new Rejection.CostUnknown(price, output));
        }
        Double cap = demanded.maxCostUsd();
        if (cap != null) {
            double expected = Expectations.price(view, features);
            // An unknown price is not below any cap.
            if (!(expected <= cap)) {
                reasons.add(new Rejection.PriceCap(cap, Double.isNaN(expected) ? null : expected));
            }
        }
    }

    static boolean names(ReplicaView view, String id) {
        return id.equals(view.replica().id().value())
                || id.equals(view.model().id().value())
                || id.equals(view.replica().provider().value());
    }
}
