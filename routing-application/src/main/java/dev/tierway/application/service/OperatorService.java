package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.in.OperatorActions;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Operators' actions: stored first, then in force, then acknowledged. What other instances stored is learned by
 * {@link #refresh}, which somebody calls now and then.
 */
public final class OperatorService implements OperateFleet {
    private static final int MOST_RECENT = 1000;

    private final ReplicaRegistry registry;
    private final RuleSwitches switches;
    private final OperatorState state;
    private final AuditLog audit;
    private final List<OperatorListener> listeners;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final String instance;
    private final OrderBook book;
    private final Set<GivenOrder> givenHere = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean down = new AtomicBoolean();

    /** @param instance this gateway's name, in the audit trail */
    public OperatorService(
            ReplicaRegistry registry,
            RuleSwitches switches,
            OperatorState state,
            AuditLog audit,
            List<OperatorListener> listeners,
            MonotonicClock clock,
            WallClock wallClock,
            String instance) {
        this.registry = registry;
        this.switches = switches;
        this.state = state;
        this.audit = audit;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.wallClock = wallClock;
        this.instance = instance;
        this.book = new OrderBook(registry, clock, wallClock);
    }

    /**
     * Puts in force what was ordered before this instance started. Nobody is told, for it is no news, unless it can't be
     * obeyed here.
     */
    public CompletionStage<@Nullable Void> load() {
        return state.after(0).thenAccept(learned -> {
            List<NumberedOrder> fresh = book.take(learned);
            obey();
            fresh.forEach(this::tellIfNotObeyed);
        });
    }

    /** Sets rules, routes and strategy to what is in force now. Ends what has ended, so somebody must call it now and then. */
    public void obey() {
        switches.obey(() -> registry.overlay().inForce(clock.nanos()));
    }

    /** Learns what was ordered meanwhile, here or elsewhere. Never fails: listeners hear of a store that does. */
    public CompletionStage<@Nullable Void> refresh() {
        return learn().handle((done, error) -> {
            if (error != null) {
                storeDown(error);
            } else if (down.compareAndSet(true, false)) {
                tell(OperatorListener::storeUp);
            }
            return null;
        });
    }

    private CompletionStage<@Nullable Void> learn() {
        return state.after(book.seen()).thenAccept(learned -> {
            List<NumberedOrder> fresh = book.take(learned);
            obey();
            for (NumberedOrder order : fresh) {
                boolean here = givenHere.remove(order.given());
                tell(listener -> listener.ordered(order, here));
                tellIfNotObeyed(order);
            }
        });
    }

    private void tellIfNotObeyed(NumberedOrder order) {
        GivenOrder given = order.given();
        Long until = given.untilEpochMillis();
        String why = switches.whyNotObeyed(given.scope(), given.order(), registry.catalogue());
        if (why != null && (until == null || wallClock.epochMillis() < until)) {
            tell(listener -> listener.notObeyed(order, why));
        }
    }

    private void storeDown(Throwable error) {
        if (down.compareAndSet(false, true)) {
            Throwable why = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            tell(listener -> listener.storeDown(why));
        }
    }

    /** One that throws must not make an order look refused. */
    private void tell(Consumer<OperatorListener> what) {
        for (OperatorListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException broken) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
            }
        }
    }

    @Override
    public CompletionStage<OperatorReceipt> operate(OperatorCommand command) {
        OperatorChecks.require(
                command,
                registry.catalogue(),
                switches,
                book.orders().stream().map(order -> order.given().scope()).toList());
        GivenOrder order = given(command);
        givenHere.add(order);
        // The trail first: nothing is ever in force without its entry.
        CompletableFuture<@Nullable Void> written = audit.append(entry(order)).toCompletableFuture();
        return state.put(order)
                .thenCombine(written, (number, done) -> number)
                .thenCompose(number -> learn())
                .handle((done, error) -> {
                    if (error != null) {
                        givenHere.remove(order);
                        storeDown(error);
                        throw unstored(error);
                    }
                    return OperatorEffects.of(order, registry, switches, clock.nanos());
                });
    }

    private GivenOrder given(OperatorCommand command) {
        long now = wallClock.epochMillis();
        Duration lasting = command.lasting();
        String reason = command.reason();
        return new GivenOrder(
                command.scope(),
                command.order() instanceof OperatorOrder.Reset
                        ? new OperatorOrder.Reset(Instant.ofEpochMilli(now))
                        : command.order(),
                command.author(),
                reason == null || reason.isBlank() ? null : reason.strip(),
                now,
                lasting == null ? null : now + lasting.toMillis(),
                instance);
    }

    private static AuditEntry entry(GivenOrder order) {
        return new AuditEntry(
                order.atEpochMillis(),
                order.instance(),
                order.author(),
                order.order().topic().id(),
                order.order().value(),
                order.scope().level().id(),
                order.scope().id(),
                order.reason(),
                order.untilEpochMillis());
    }

    private static OverloadedException unstored(Throwable error) {
        OverloadedException told = new OverloadedException(new Details(
                "The storage didn't confirm this, so it may not survive a restart or reach other instances; it may"
                        + " still come into force. See GET /admin/actions, and order it again.",
                503,
                "store_unavailable",
                true,
                null,
                null));
        told.initCause(error);
        return told;
    }

    @Override
    public CompletionStage<OperatorActions> actions(int recent) {
        if (recent < 1 || recent > MOST_RECENT) {
            throw new InvalidRequestException(
                    Details.of(400, "invalid_request", "limit: 1 to " + MOST_RECENT + ", not " + recent));
        }
        long now = wallClock.epochMillis();
        List<OperatorActionStatus> inForce = OperatorWords.inForce(book.orders(), now);
        return audit.latest(recent)
                .thenApply(entries -> new OperatorActions(
                        inForce, entries.stream().map(OperatorWords::of).toList()));
    }
}
