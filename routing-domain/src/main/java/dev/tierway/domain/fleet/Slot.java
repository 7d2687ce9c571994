package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.ReplicaOrders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a generation has on one replica, found in one look.
 *
 * @param dialect its provider's
 * @param prefixes null if its price makes no difference between cached and other input
 * @param orders what operators have ordered for it
 */
record Slot(
        Replica replica,
        Dialect dialect,
        LogicalModel model,
        Permit.Cells cells,
        List<Domain> domains,
        @Nullable PrefixTable prefixes,
        ReplicaOrders orders,
        LastView last) {
    /**
     * The last seen rest of a quota domain, or of what a vendor limits.
     *
     * @param owner as in descriptors
     * @param learns whether what the vendor's answers tell belongs here
     */
    record Domain(String owner, boolean learns, Cell<Headroom> headroom) {}

    /** The same state under another model's names, spoken to as that model is. */
    Slot serving(Replica other, Dialect otherDialect, LogicalModel otherModel) {
        return new Slot(other, otherDialect, otherModel, cells, domains, prefixes, orders, new LastView());
    }

    Slot under(ReplicaOrders newOrders) {
        return new Slot(replica, dialect, model, cells, domains, prefixes, newOrders, new LastView());
    }

    ReplicaView view(RequestShape asked, long nowNanos) {
        RequestShape request = asked.at(model.id());
        ModelState modelState = cells.model().get();
        double headroom = Double.NaN;
        ReplicaView.Exhausted exhausted = null;
        // Counted through, here and in Headroom: an iterator per list is most of what a decision would allocate.
        for (int i = 0; i < domains.size(); i++) {
            Domain domain = domains.get(i);
            Headroom seen = domain.headroom().get();
            if (seen.windows().isEmpty()) {
                continue;
            }
            double share = seen.shareAfter(
                    request, request.outputTokens(modelState, replica.learning().unmeasured()), nowNanos);
            if (Double.isNaN(headroom) || share < headroom) {
                headroom = share;
            }
            Headroom.Exhausted full = seen.exhausted(request, nowNanos);
            if (full != null && (exhausted == null || full.untilNanos() > exhausted.untilNanos())) {
                exhausted =
                        new ReplicaView.Exhausted(domain.owner(), full.window().dimension(), full.untilNanos());
            }
        }
        int cached = prefixes == null
                ? 0
                : prefixes.heldTokens(
                        request.prompt(),
                        request.inputTokens(),
                        replica.learning().promptCache(),
                        nowNanos);
        ReplicaView view = last.same(
                this,
                cells.replica().get(),
                modelState,
                cells.provider().get(),
                cells.probe().get(),
                orders.at(nowNanos));
        return Double.isNaN(headroom) && exhausted == null && cached == 0
                ? view
                : view.seeing(headroom, exhausted, cached);
    }
}
