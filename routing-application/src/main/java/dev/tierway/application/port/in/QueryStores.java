package dev.tierway.application.port.in;

import java.util.List;

/** How the stores are doing. */
public interface QueryStores {
    /** Those that can have trouble; what is kept in memory can't. */
    List<StoreStatus> stores();
}
