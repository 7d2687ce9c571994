package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the stores are doing. */
public interface QueryStores {
    /** Those that can have trouble; what is kept in memory can't. */
    List<StoreStatus> stores();

    /** What shares of limits were good for; null if none are leased. */
    default @Nullable SharesStatus shares() {
        return null;
    }
}
