package dev.tierway.adapter.persistence.redis;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.WindowUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The most that the server ever said was spent of each budget in its present window. That counts everybody's calls: so what one
 * instance remembers is short of the truth only by what others settled after it was last told.
 */
final class KnownSpending {
    /** Names come from callers. Of more budgets nothing is remembered: the account book is left for them. */
    private static final int MOST = 100_000;

    private final Map<String, Floor> floors = new ConcurrentHashMap<>();

    void told(List<Descriptor> descriptors, List<Usage> usages) {
        for (int i = 0; i < usages.size(); i++) {
            if (usages.get(i) instanceof WindowUsage window) {
                told(descriptors.get(i), window);
            }
        }
    }

    void told(Descriptor descriptor, WindowUsage usage) {
        if (usage.startMillis() >= usage.endMillis() || usage.spent() == 0) {
            return;
        }
        String key = descriptor.key();
        Floor known = floors.get(key);
        if (known != null && known.startMillis() == usage.startMillis() && known.spent() >= usage.spent()) {
            return;
        }
        if (known == null && floors.size() >= MOST && !roomAt(usage.atMillis())) {
            return;
        }
        Floor floor = new Floor(descriptor, usage.startMillis(), usage.endMillis(), usage.spent());
        floors.merge(key, floor, Floor::max);
    }

    private boolean roomAt(long epochMillis) {
        floors.values().removeIf(floor -> floor.endMillis() <= epochMillis);
        return floors.size() < MOST;
    }

    List<Floor> floors() {
        return List.copyOf(floors.values());
    }
}
