package dev.tierway.application.service;

import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.rights.KeyRights;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.rules.RuleCase;
import dev.tierway.application.rules.RuleSet;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.CallerLimits;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.TextDensity;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import dev.tierway.domain.routing.TokenEstimate;
import dev.tierway.domain.routing.Wording;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of a command, the catalogue and the policy in force the spec of a call. */
final class CallPlanner {
    private final Supplier<RoutingPolicy> policies;
    private final RoutingRules rules;
    private final CallPolicies callPolicies;
    private final LimitsInForce limits;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final Entropy entropy;
    private final String instance;

    CallPlanner(
            Supplier<RoutingPolicy> policies,
            RoutingRules rules,
            Strategies strategies,
            LimitsInForce limits,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy,
            String instance,
            Listeners listeners) {
        this.policies = policies;
        this.rules = rules;
        this.callPolicies = new CallPolicies(rules, strategies, limits, listeners);
        this.limits = limits;
        this.clock = clock;
        this.wallClock = wallClock;
        this.entropy = entropy;
        this.instance = instance;
    }

    /**
     * @param command with what its key fixes
     * @param fleet as it is for this call
     */
    CallSpec plan(CallCommand command, ReplicaRegistry fleet) {
        CallOptions options = command.options();
        Long given = options.seed();
        long seed = given == null ? entropy.nextLong() : given;
        CallIdentity identity = new CallIdentity(
                "dec_" + Ids.next(entropy),
                command.requestId(),
                instance,
                command.key(),
                wallClock.epochMillis(),
                clock.nanos(),
                OptionNames.of(options));
        return plan(command, fleet, identity, seed);
    }

    /** Again, after a plugin changed the call. */
    CallSpec replan(CallSpec before, CallCommand command, ReplicaRegistry fleet) {
        return plan(command, fleet, before.identity(), before.seed());
    }

    private CallSpec plan(CallCommand command, ReplicaRegistry fleet, CallIdentity identity, long seed) {
        Catalogue catalogue = fleet.catalogue();
        CallOptions options = command.options();
        long atEpochMillis = identity.atEpochMillis();
        RoutingPolicy general = policies.get();
        TokenEstimate tokens = tokens(command.facts(), general.payload());
        AddressResolver resolver = new AddressResolver(catalogue, rules.routesOff());
        var asked = KeyRights.unsuggesting(command, () -> resolver.resolve(command.target(), options.escalateTo()));
        RuleSet.Ruled ruled = rules.inForce()
                .of(new RuleCase(
                        catalogue,
                        asked.ask(),
                        command,
                        tokens,
                        atEpochMillis,
                        seed,
                        general.payload().ruleTextBytes()));
        var resolved = ruled == null ? asked : follow(ruled, asked, resolver, options);
        KeyRights.requireReachable(command, resolved.ask(), catalogue);
        Narrowing narrowing = ruled == null ? null : ruled.rule().narrowing();
        CallerLimits callerLimits = limits.of(command, resolved.ask(), catalogue);
        RoutingPolicy policy = callPolicies.of(general, resolved, narrowing, command, catalogue);
        long now = identity.startNanos();
        var deadline = options.deadline();
        boolean callers =
                deadline != null && deadline.compareTo(policy.timeouts().total()) < 0;
        return new CallSpec(
                identity,
                features(
                        command,
                        resolved.ask(),
                        learned(fleet, tokens, command.facts(), resolved.ask()),
                        narrowing,
                        callerLimits,
                        lossless(options, general.payload())),
                policy,
                callerLimits,
                now
                        + (callers && deadline != null
                                ? deadline.toNanos()
                                : policy.timeouts().total().toNanos()),
                callers,
                resolved.route() == null
                        ? Timeouts.Override.NONE
                        : resolved.route().timeouts(),
                seed);
    }

    private static AddressResolver.Resolved follow(
            RuleSet.Ruled ruled, AddressResolver.Resolved asked, AddressResolver resolver, CallOptions options) {
        String rule = ruled.rule().id();
        return switch (ruled.rule().direction()) {
            case Direction.Stay stay -> resolver.staying(asked, rule);
            case Direction.Redirect(var to) -> resolver.sent(asked, rule, null, to, false, options.escalateTo());
            case Direction.Experiment(var stickyBy, var arms, boolean fallback) -> {
                Direction.Arm arm = Objects.requireNonNull(ruled.arm());
                yield resolver.sent(asked, rule, arm.label(), arm.to(), fallback, options.escalateTo());
            }
        };
    }

    private static TokenEstimate tokens(RequestFacts facts, PayloadSettings payload) {
        long input = facts.mediaTokens() + (long) Math.ceil(facts.textBytes() / TextDensity.ASSUMED);
        return new TokenEstimate(input, facts.maxOutput(), facts.choices(), payload.inputMargin());
    }

    /** As the models that may answer take it, frozen for the whole call: its decisions compare like with like. */
    private static TokenEstimate learned(ReplicaRegistry fleet, TokenEstimate tokens, RequestFacts facts, Ask ask) {
        Map<ModelId, Long> learned = fleet.learnedInput(ask.candidates(), facts.textBytes(), facts.mediaTokens());
        if (!ask.escalation().isEmpty()) {
            learned.putAll(fleet.learnedInput(ask.escalation(), facts.textBytes(), facts.mediaTokens()));
        }
        return tokens.learned(facts.mediaTokens() == 0 ? facts.textBytes() : 0, learned);
    }

    private static RequestFeatures features(
            CallCommand command,
            Ask ask,
            TokenEstimate tokens,
            @Nullable Narrowing narrowing,
            CallerLimits limits,
            boolean lossless) {
        RequestFacts facts = command.facts();
        CallDemands demands = new CallDemands(
                ask, command.options(), command.caller().grant().allowed(), narrowing, bounded(tokens, limits));
        long session = SessionHash.of(command);
        return new RequestFeatures(
                ask,
                facts.stream(),
                tokens,
                demands.needs(facts.needs(), facts.stream()),
                demands.constraints(),
                facts.signatureDomain(),
                new Wording(facts.format() == null ? null : facts.format().id(), facts.uses(), lossless),
                session == 0 ? facts.prefixes() : facts.prefixes().inSession(session));
    }

    private static boolean lossless(CallOptions options, PayloadSettings payload) {
        CallOptions.OnUnsupported said = options.onUnsupported();
        return said == null ? payload.lossless() : said == CallOptions.OnUnsupported.REJECT;
    }

    /** An attempt whose cost nobody can bound must not slip by a limit on money. */
    private static Constraints.Bounded bounded(TokenEstimate tokens, CallerLimits limits) {
        return limits.money()
                ? new Constraints.Bounded(
                        limits.dearest() == null, tokens.maxOutput() == null && limits.longest() == null)
                : Constraints.Bounded.NOT_NEEDED;
    }
}
