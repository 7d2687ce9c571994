package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The part of the chain that caller, key and rules ask for. */
final class Demands {
    private Demands() {}

    static void check(ReplicaView view, RequestFeatures features, Consumer<Rejection> reject) {
        Replica replica = view.replica();
        Constraints demanded = features.constraints();
        for (String id : demanded.exclude()) {
            if (names(view, id)) {
                reject.accept(new Rejection.Excluded(id));
                break;
            }
        }
        if (!demanded.only().isEmpty() && demanded.only().stream().noneMatch(id -> names(view, id))) {
            reject.accept(new Rejection.NotInOnly());
        }
        if (demanded.local() == Constraints.Local.REQUIRED && !replica.local()) {
            reject.accept(new Rejection.LocalRequired());
        }
        if (demanded.local() == Constraints.Local.DISABLED && replica.local()) {
            reject.accept(new Rejection.LocalDisabled());
        }
        if (!replica.tags().containsAll(demanded.tags())) {
            List<String> missing = new ArrayList<>(demanded.tags());
            missing.removeAll(replica.tags());
            reject.accept(new Rejection.MissingTag(List.copyOf(missing)));
        }
        String region = demanded.region();
        if (region != null && !region.equals(replica.region())) {
            reject.accept(new Rejection.MissingRegion(region));
        }
        List<String> allowed = demanded.allowedModels();
        if (allowed != null
                && allowed.stream()
                        .noneMatch(id -> names(view, id)
                                || id.equals("tier:" + view.model().tier().id()))) {
            reject.accept(new Rejection.KeyNotAllowed(view.model().id().value()));
        }
        Double cap = demanded.maxCostUsd();
        if (cap != null) {
            Double expected = Expectations.price(view, features);
            if (expected == null || expected > cap) {
                reject.accept(new Rejection.PriceCap(cap, expected));
            }
        }
    }

    private static boolean names(ReplicaView view, String id) {
        return id.equals(view.replica().id().value())
                || id.equals(view.model().id().value())
                || id.equals(view.replica().provider().value());
    }
}
