package dev.tierway.bootstrap.wiring;

import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.guard.GuardedQuotaStore;
import dev.tierway.adapter.persistence.lease.LeasedQuotaStore;
import dev.tierway.adapter.persistence.lease.SharesReport;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.StoreStatus;
import dev.tierway.application.port.out.QuotaStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every store that can have trouble: what is remembered, and limits if others share them. */
record Stores(History history, QuotaStore quota, LimitsInForce limits) implements QueryStores {
    @Override
    public List<StoreStatus> stores() {
        List<StoreStatus> all = new ArrayList<>(history.stores());
        QuotaStore asked = quota instanceof LeasedQuotaStore leased ? leased.store() : quota;
        if (asked instanceof GuardedQuotaStore guarded) {
            StoreHealth now = guarded.health();
            all.add(new StoreStatus(
                    "quota",
                    now.up(),
                    now.problem(),
                    now.waiting(),
                    now.written(),
                    now.retried(),
                    now.lost(),
                    limits.inForce().bindEveryCallToMoney()));
        }
        return all;
    }

    @Override
    public @Nullable SharesStatus shares() {
        if (!(quota instanceof LeasedQuotaStore leased)) {
            return null;
        }
        SharesReport now = leased.report();
        return new SharesStatus(now.admittedHere(), now.askedStore(), now.shares(), now.leased(), now.returned());
    }
}
