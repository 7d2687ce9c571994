package dev.tierway.application.service;

import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What caller, key and rule together demand: each may only take away. */
final class CallDemands {
    private final Ask ask;
    private final CallOptions options;
    private final Narrowing narrowing;
    private final List<String> required;
    private final Allowed allowed;
    private final Constraints.Bounded bounded;

    CallDemands(
            Ask ask, CallOptions options, Allowed allowed, @Nullable Narrowing narrowing, Constraints.Bounded bounded) {
        this.allowed = allowed;
        this.bounded = bounded;
        this.ask = ask;
        this.options = options;
        this.narrowing = narrowing == null ? Narrowing.NONE : narrowing;
        this.required = options.require();
    }

    Set<Capability> needs(Set<Capability> ofRequest, boolean stream) {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        needs.addAll(ofRequest);
        needs.addAll(narrowing.capabilities());
        if (stream) {
            needs.add(Capability.STREAMING);
        }
        for (String name : required) {
            Capability capability = capability(name);
            if (capability != null) {
                needs.add(capability);
            }
        }
        return needs;
    }

    Constraints constraints() {
        List<String> tags = new ArrayList<>(narrowing.tags());
        required.stream()
                .filter(name -> capability(name) == null && !tags.contains(name))
                .forEach(tags::add);
        List<String> exclude = new ArrayList<>(options.exclude());
        exclude.addAll(narrowing.exclude());
        List<String> only = options.only();
        if (only.isEmpty()) {
            only = narrowing.only();
        } else if (!narrowing.only().isEmpty()) {
            leaveOut(replica -> !named(replica, narrowing.only()), exclude);
        }
        Constraints.Local local = options.local();
        if (local == Constraints.Local.ALLOWED) {
            local = narrowing.local();
        } else if (narrowing.local() != Constraints.Local.ALLOWED && narrowing.local() != local) {
            boolean localOnly = narrowing.local() == Constraints.Local.REQUIRED;
            leaveOut(replica -> replica.local() != localOnly, exclude);
        }
        Constraints all =
                new Constraints(local, exclude, only, tags, narrowing.region(), allowed, maxCostUsd(), bounded);
        return all.equals(Constraints.NONE) ? Constraints.NONE : all;
    }

    private @Nullable Double maxCostUsd() {
        Double callers = options.maxCostUsd();
        Double rules = narrowing.maxCostUsd();
        return callers == null ? rules : rules == null ? callers : (Double) Math.min(callers, rules);
    }

    /** Where the caller has said the same thing otherwise, what the rule doesn't let in is named one by one. */
    private void leaveOut(Predicate<Replica> unwanted, List<String> exclude) {
        Stream.concat(ask.candidates().stream(), ask.escalation().stream())
                .filter(unwanted)
                .map(replica -> replica.id().value())
                .forEach(exclude::add);
    }

    private static boolean named(Replica replica, List<String> ids) {
        return ids.contains(replica.id().value())
                || ids.contains(replica.model().value())
                || ids.contains(replica.provider().value());
    }

    private static @Nullable Capability capability(String name) {
        for (Capability capability : Capability.values()) {
            if (capability.id().equals(name)) {
                return capability;
            }
        }
        return null;
    }
}
