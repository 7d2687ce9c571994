package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of a command, the catalogue and the policy in force the spec of a call. */
final class CallPlanner {
    private static final double BYTES_PER_TOKEN = 4;

    private final Supplier<RoutingPolicy> policies;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final Entropy entropy;
    private final String instance;

    CallPlanner(
            Supplier<RoutingPolicy> policies,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy,
            String instance) {
        this.policies = policies;
        this.clock = clock;
        this.wallClock = wallClock;
        this.entropy = entropy;
        this.instance = instance;
    }

    CallSpec plan(CallCommand command, Catalogue catalogue) {
        CallOptions options = command.options();
        var resolved = new AddressResolver(catalogue).resolve(command.target(), options.escalateTo());
        RoutingPolicy policy = policy(policies.get(), resolved.route(), options);
        Long seed = options.seed();
        long now = clock.nanos();
        long total = policy.timeouts().total().toNanos();
        var deadline = options.deadline();
        boolean callers =
                deadline != null && deadline.compareTo(policy.timeouts().total()) < 0;
        return new CallSpec(
                new CallIdentity(
                        "dec_" + Ids.next(entropy),
                        command.requestId(),
                        instance,
                        wallClock.epochMillis(),
                        now,
                        OptionNames.of(options)),
                features(command, resolved),
                policy,
                List.of(),
                now + (callers && deadline != null ? deadline.toNanos() : total),
                callers,
                resolved.route() == null
                        ? Timeouts.Override.NONE
                        : resolved.route().timeouts(),
                seed == null ? entropy.nextLong() : seed);
    }

    private static RequestFeatures features(CallCommand command, AddressResolver.Resolved resolved) {
        var facts = command.facts();
        CallOptions options = command.options();
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        needs.addAll(facts.needs());
        if (facts.stream()) {
            needs.add(Capability.STREAMING);
        }
        List<String> tags = new ArrayList<>();
        for (String required : options.require()) {
            Capability capability = capability(required);
            if (capability == null) {
                tags.add(required);
            } else {
                needs.add(capability);
            }
        }
        long input = facts.mediaTokens() + (long) Math.ceil(facts.textBytes() / BYTES_PER_TOKEN);
        return new RequestFeatures(
                resolved.ask(),
                facts.stream(),
                new TokenEstimate(input, facts.maxOutput(), facts.choices()),
                needs,
                constraints(options, tags),
                facts.signatureDomain(),
                facts.prefixes());
    }

    private static Constraints constraints(CallOptions options, List<String> tags) {
        Constraints asked = new Constraints(
                options.local(), options.exclude(), options.only(), tags, null, null, options.maxCostUsd());
        return asked.equals(Constraints.NONE) ? Constraints.NONE : asked;
    }

    private static @Nullable Capability capability(String name) {
        for (Capability capability : Capability.values()) {
            if (capability.id().equals(name)) {
                return capability;
            }
        }
        return null;
    }

    private static RoutingPolicy policy(RoutingPolicy general, @Nullable Route route, CallOptions options) {
        var strategy = general.strategy();
        Timeouts timeouts = general.timeouts();
        var spillover = general.spillover();
        if (route != null) {
            var own = route.strategy();
            strategy = own == null ? strategy : BuiltInStrategy.of(own);
            timeouts = route.timeouts().over(timeouts);
            spillover = route.spill() ? spillover : spillover.single();
        }
        var asked = options.strategy();
        var optimize = options.optimize();
        return new RoutingPolicy(
                asked == null ? strategy : BuiltInStrategy.of(asked),
                general.weights(),
                general.localBonus(),
                optimize == null ? general.latencyValueUsdPerSecond() : optimize.usdPerSecond(),
                general.failurePenaltyUsd(),
                general.answerValueUsd(),
                general.exploration(),
                spillover,
                general.hedging(),
                timeouts);
    }
}
