package dev.tierway.adapter.providers.simulated;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The scripts of a simulated provider's models. May be rewritten at any time; the next request follows it. */
public final class ScriptBook {
    private final Map<String, Entry> ofModels = new ConcurrentSkipListMap<>();
    private volatile Entry standard;

    /** @param standard for models without a script of their own */
    public ScriptBook(SimulatedScript standard) {
        this.standard = new Entry(standard);
    }

    /** Sets the script of all models without their own; their requests count from 1 again. */
    public void standard(SimulatedScript script) {
        standard = new Entry(script);
    }

    /** Sets the script of one model; its requests count from 1 again. */
    public void of(String model, SimulatedScript script) {
        ofModels.put(model, new Entry(script));
    }

    /** Models that have a script of their own, by name. */
    public List<String> models() {
        return List.copyOf(ofModels.keySet());
    }

    /** Counts a request of that model, and says what to do with it. */
    Turn next(String model) {
        return ofModels.getOrDefault(model, standard).next(false);
    }

    /** The fault that is done to a request before its body is read, if the standard script has one; else null. */
    @Nullable
    Turn early() {
        Entry entry = standard;
        boolean possible = entry.script.faults().stream().anyMatch(f -> f.fault() == SimulatedFault.EARLY_REPLY);
        return possible ? entry.next(true) : null;
    }

    /**
     * @param request its number
     * @param fault null: none
     * @param meter of its vendor's limits; null: it has none
     */
    record Turn(
            long request,
            SimulatedScript script,
            @Nullable ScriptedFault fault,
            @Nullable LimitMeter meter) {
        /** Takes the request from the vendor's limits, unless the vendor refuses it for another reason. */
        LimitMeter.Metered charge(TokenUsage usage) {
            boolean refused = fault != null && fault.fault() == SimulatedFault.STATUS;
            return meter == null || refused
                    ? LimitMeter.Metered.UNLIMITED
                    : meter.charge(usage, request, System.nanoTime(), System.currentTimeMillis());
        }
    }

    private static final class Entry {
        private final SimulatedScript script;
        private final @Nullable LimitMeter meter;
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong earlyRequests = new AtomicLong();

        Entry(SimulatedScript script) {
            this.script = script;
            SimulatedLimits limits = script.limits();
            this.meter = limits == null ? null : new LimitMeter(limits, System.nanoTime());
        }

        Turn next(boolean early) {
            long request = (early ? earlyRequests : requests).incrementAndGet();
            for (ScriptedFault fault : script.faults()) {
                boolean isEarly = fault.fault() == SimulatedFault.EARLY_REPLY;
                if (isEarly == early && fault.when().hits(request, script.seed())) {
                    return new Turn(request, script, fault, meter);
                }
            }
            return new Turn(request, script, null, meter);
        }
    }
}
