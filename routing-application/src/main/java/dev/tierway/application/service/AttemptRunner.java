package dev.tierway.application.service;

import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.explain.LossWords;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.VendorLimit;
import dev.tierway.domain.routing.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Reserves and sends the attempts of one call. */
final class AttemptRunner {
    private final CallDriver driver;
    private final CallSpec spec;
    private final CallCommand command;
    private final CallParty party;
    private final Ports ports;
    private final AttemptAccounts accounts;
    private final ReplicaRegistry registry;
    private final LimitsInForce limits;
    private final Listeners listeners;
    private final List<AttemptRelay> relays = new ArrayList<>(2);

    AttemptRunner(
            CallDriver driver,
            CallSpec spec,
            CallCommand command,
            CallParty party,
            Ports ports,
            AttemptAccounts accounts,
            ReplicaRegistry registry,
            LimitsInForce limits,
            Listeners listeners) {
        this.driver = driver;
        this.spec = spec;
        this.command = command;
        this.party = party;
        this.ports = ports;
        this.accounts = accounts;
        this.registry = registry;
        this.limits = limits;
        this.listeners = listeners;
    }

    AttemptRelay relay(AttemptId id) {
        return relays.get(id.n() - 1);
    }

    void commit(AttemptId id, long callerDemand) {
        accounts.committed(id);
        relay(id).commit(callerDemand);
    }

    void settle(Action.Settle action) {
        accounts.settled(action, relay(action.attempt()));
        driver.slotFreed(relay(action.attempt()).replica());
    }

    void refund(Action.Refund action) {
        accounts.refunded(action, relay(action.attempt()));
        driver.slotFreed(relay(action.attempt()).replica());
    }

    void callerRequests(long events) {
        relays.forEach(relay -> relay.callerRequests(events));
    }

    void reserve(Action.Reserve action) {
        relays.add(new AttemptRelay(
                driver,
                action.attempt(),
                action.replica(),
                party.caller(),
                ports.clock(),
                spec.policy().payload().heldBackBytes()));
        if (action.descriptors().isEmpty()) {
            driver.feed(new Event.Reserved(action.attempt()));
            return;
        }
        accounts.reserve(action)
                .whenComplete((result, error) -> driver.enter(() -> {
                    driver.feed(answer(action, result, error));
                    if (!(result instanceof QuotaStore.Result.Granted)) {
                        driver.slotFreed(action.replica());
                    }
                }));
    }

    private Event answer(Action.Reserve action, QuotaStore.@Nullable Result result, @Nullable Throwable error) {
        return switch (result) {
            case QuotaStore.Result.Granted(var left, var warning) -> {
                long now = ports.clock().nanos();
                if (warning != null) {
                    relay(action.attempt()).warn(warning);
                }
                left.forEach(one -> listeners.guard(driver.callId(), () -> seen(relay(action.attempt()), one, now)));
                relay(action.attempt())
                        .limited(left.stream()
                                .filter(one -> one.descriptor().side() == Side.CALLER)
                                .toList());
                yield new Event.Reserved(action.attempt(), left);
            }
            case QuotaStore.Result.Denied(var binding, var retryAfter, var available) -> {
                long now = ports.clock().nanos();
                long until = retryAfter == null ? Usage.NEVER : retryAfter;
                listeners.guard(driver.callId(), () -> registry.left(new Left(binding, available, until, false), now));
                yield new Event.Denied(
                        action.attempt(), binding, retryAfter == null ? null : now + retryAfter, available);
            }
            case null -> {
                Throwable cause = cause(error);
                if (cause instanceof QuotaStore.LimitUnavailableException expected) {
                    yield new Event.ReserveFailed(action.attempt(), expected.getMessage());
                }
                listeners.internalError(driver.callId(), cause);
                yield new Event.ReserveFailed(action.attempt(), "the quota store didn't answer: " + cause);
            }
        };
    }

    private static Throwable cause(@Nullable Throwable error) {
        if (error == null) {
            return new IllegalStateException("no answer");
        }
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private void seen(AttemptRelay relay, Left left, long nowNanos) {
        registry.left(left, nowNanos);
        if (limits.seen(left)) {
            listeners.limitNearlyUsed(driver.callId(), left);
        }
        if (left.descriptor().side() == Side.CALLER
                && LimitWords.worthAWord(left, spec.callerLimits().warnAt())) {
            relay.warn(LimitWords.warning(left, ports.wallClock().epochMillis()));
        }
    }

    /** The vendor has told what is left of its limits: what is merely remembered must not lose the answer. */
    void told(AttemptRelay relay, List<VendorLimit> seen) {
        listeners.guard(driver.callId(), () -> remember(relay, seen));
    }

    private void remember(AttemptRelay relay, List<VendorLimit> seen) {
        long now = ports.clock().nanos();
        List<VendorObservation> observations = new ArrayList<>(seen.size());
        for (VendorLimit limit : seen) {
            registry.told(relay.replica(), limit, now);
            Descriptor learned = registry.learned(relay.replica(), limit);
            if (learned != null) {
                observations.add(new VendorObservation(learned, limit));
            }
        }
        if (!observations.isEmpty()) {
            accounts.told(relay.id(), observations);
        }
    }

    /** What is wrong with embeddings of that many numbers; null if nothing is. Sizes are never mixed. */
    @Nullable
    String misfit(AttemptRelay relay, int dimensions) {
        Integer asked = command.facts().dimensions();
        int due = asked != null ? asked : registry.embeddingSize(relay.replica(), dimensions);
        return dimensions == due
                ? null
                : "its embeddings have " + dimensions + " numbers, not "
                        + (asked != null
                                ? "the " + due + " asked for"
                                : due + " like the others of '"
                                        + relay.replica().model() + "'");
    }

    private List<Construct> lost(Replica replica) {
        Wording wording = spec.features().wording();
        Dialect dialect = registry.dialect(replica);
        return dialect == null ? List.of() : dialect.loses(wording.format(), wording.uses());
    }

    /** In neutral types where the provider has turned out not to have the endpoint of the caller's wire format. */
    private Payload payload(Replica replica) {
        Payload payload = command.payload();
        return payload instanceof Payload.Wire wire
                        && registry.missing(replica)
                                .contains(wire.request().format().id())
                ? new Payload.Neutral(wire.neutral())
                : payload;
    }

    private @Nullable String via() {
        Via via = ports.via();
        return via == null ? null : via.after(command.details().header("via"));
    }

    void send(Action.Send action) {
        AttemptRelay relay = relay(action.attempt());
        AttemptRequest request = new AttemptRequest(
                action.attempt(),
                command.requestId(),
                action.replica(),
                payload(action.replica()),
                command.facts().stream(),
                spec.features().tokens().input(action.replica().model()),
                registry.catalogue().modelOf(action.replica()).maxOutputTokens(),
                action.clocks(),
                via());
        List<Construct> lost = lost(action.replica());
        if (!lost.isEmpty()) {
            relay.warn(LossWords.warning(action.replica().id(), lost));
        }
        try {
            relay.opened(party.opening()
                    .open(request, relay, ports.transports().of(action.replica().provider())));
        } catch (RuntimeException broken) {
            listeners.internalError(driver.callId(), broken);
            relay.failed(Failure.of(FailureClass.INTERNAL, Processed.UNKNOWN, "the transport broke: " + broken));
        }
    }
}
