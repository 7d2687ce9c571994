package dev.tierway.application.service;

import dev.tierway.application.port.in.AccountStatus;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks vendors what accounts have left, beside the calls: no call waits for it, and its answers decide nothing. Lives on a
 * serial executor of its own choosing.
 */
public final class AccountProber implements AutoCloseable {
    private static final double JITTER = 0.1;
    private static final long SOON_NANOS = 1_000_000_000L;

    private final ReplicaRegistry registry;
    private final AccountProbes probes;
    private final CallExecutor executor;
    private final MonotonicClock clock;
    private final Entropy entropy;
    private final Listeners listeners;
    private final Map<ProviderId, Known> known = new ConcurrentHashMap<>();
    private final Map<ProviderId, CallExecutor.Timer> timers = new ConcurrentHashMap<>();
    /** By which plan each is asked. */
    private final Map<ProviderId, AccountProbes.Plan> planned = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** The last answer that told something, and what became of the last question. */
    private record Known(
            AccountAnswer.@Nullable Told told,
            long toldNanos,
            @Nullable String failure) {
        static final Known NOTHING = new Known(null, 0, null);
    }

    public AccountProber(
            ReplicaRegistry registry,
            AccountProbes probes,
            CallExecutors executors,
            MonotonicClock clock,
            Entropy entropy,
            List<RoutingListener> listeners) {
        this.registry = registry;
        this.probes = probes;
        this.executor = executors.forCall();
        this.clock = clock;
        this.entropy = entropy;
        this.listeners = new Listeners(listeners);
    }

    /** Begins to ask for the providers that have a plan; to be called again when the configuration changed. */
    public void follow() {
        executor.execute(() -> {
            List.copyOf(planned.keySet()).forEach(provider -> {
                if (plan(provider) == null) {
                    forget(provider);
                }
            });
            for (Provider provider : registry.catalogue().providers()) {
                AccountProbes.Plan plan = plan(provider.id());
                if (plan != null && !plan.equals(planned.put(provider.id(), plan))) {
                    // It may be another account: what was told of the one before counts no more.
                    cancel(provider.id());
                    known.put(provider.id(), Known.NOTHING);
                    arm(provider.id(), (long) (Math.min(SOON_NANOS, plan.every().toNanos()) * chance()));
                }
            }
        });
    }

    private AccountProbes.@Nullable Plan plan(ProviderId provider) {
        return closed || registry.catalogue().provider(provider) == null
                ? null
                : probes.of(provider).orElse(null);
    }

    private void forget(ProviderId provider) {
        cancel(provider);
        planned.remove(provider);
        known.remove(provider);
    }

    private void cancel(ProviderId provider) {
        CallExecutor.Timer timer = timers.remove(provider);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** What is known of a provider's account; null if nobody asks for it. */
    @Nullable
    AccountStatus of(ProviderId provider, long nowNanos) {
        Known last = known.get(provider);
        if (last == null) {
            return null;
        }
        AccountAnswer.Told told = last.told();
        return new AccountStatus(
                told == null ? null : told.usable(),
                told == null ? List.of() : told.balances(),
                told == null ? null : (nowNanos - last.toldNanos()) / 1_000_000,
                last.failure());
    }

    /** Stops; what is under way no longer counts. */
    @Override
    public void close() {
        closed = true;
        executor.execute(() -> timers.values().forEach(CallExecutor.Timer::cancel));
    }

    private void arm(ProviderId provider, long inNanos) {
        timers.put(provider, executor.schedule(() -> due(provider), clock.nanos() + inNanos));
    }

    private double chance() {
        return Mixing.unit(entropy.nextLong(), 0);
    }

    private void due(ProviderId provider) {
        AccountProbes.Plan plan = plan(provider);
        if (plan == null) {
            forget(provider);
            return;
        }
        CompletionStage<AccountAnswer> asking = plan.probe().ask();
        var unused =
                asking.whenComplete((answer, error) -> executor.execute(() -> ended(provider, plan, answer, error)));
    }

    private void ended(
            ProviderId provider, AccountProbes.Plan plan, @Nullable AccountAnswer answer, @Nullable Throwable error) {
        if (closed || !plan.equals(planned.get(provider))) {
            return;
        }
        if (error != null) {
            listeners.internalError("usage probe of " + provider, error);
        }
        Known before = known.getOrDefault(provider, Known.NOTHING);
        known.put(
                provider,
                switch (answer) {
                    case AccountAnswer.Told told -> new Known(told, clock.nanos(), null);
                    case AccountAnswer.Failed(String why) -> new Known(before.told(), before.toldNanos(), why);
                    case null -> new Known(before.told(), before.toldNanos(), "the probe itself failed; see the log");
                });
        long every = plan.every().toNanos();
        arm(provider, (long) (every * (1 - JITTER + 2 * JITTER * chance())));
    }
}
