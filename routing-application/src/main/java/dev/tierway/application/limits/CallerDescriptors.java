package dev.tierway.application.limits;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;

/** Limits of callers that are no budgets. Asked at every call: must not block. */
@FunctionalInterface
public interface CallerDescriptors {
    /** What such a call's attempts reserve of them; no two of the same key. */
    List<Descriptor> of(CallCommand call);
}
