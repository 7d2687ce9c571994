package dev.tierway.bootstrap;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Message;
import dev.tierway.GatewayConfig;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.rules.Experiments;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.service.AccountProber;
import dev.tierway.application.service.BudgetRebuild;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.FleetQueries;
import dev.tierway.application.service.OperatorFeed;
import dev.tierway.application.service.ReplicaProber;
import dev.tierway.application.service.UnsettledAttempts;
import dev.tierway.bootstrap.reload.ConfigCalls;
import dev.tierway.bootstrap.reload.ConfigInForce;
import dev.tierway.bootstrap.reload.ConfigReloads;
import dev.tierway.bootstrap.reload.ConfigWatch;
import dev.tierway.bootstrap.reload.Numbered;
import dev.tierway.bootstrap.runtime.AccountProbeTable;
import dev.tierway.bootstrap.runtime.ProviderTransportTable;
import dev.tierway.bootstrap.runtime.ReplicaProbeTable;
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.bootstrap.wiring.History;
import dev.tierway.bootstrap.wiring.Overrides;
import dev.tierway.bootstrap.wiring.PluginAssembly;
import dev.tierway.bootstrap.wiring.SharedLimits;
import dev.tierway.bootstrap.wiring.TierwayModule;
import dev.tierway.bootstrap.wiring.ToolSources;
import dev.tierway.bootstrap.wiring.Webhooks;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running parts of one Tierway: built by Guice, closed in order. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long CANCEL_SECONDS = 5;

    /** For what the last calls had to tell. */
    private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

    private final Injector injector;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Engine(Injector injector) {
        this.injector = injector;
    }

    /** @throws RuntimeException what a part threw that couldn't be built, as it threw it */
    public static Engine start(GatewayConfig config, Overrides overrides) {
        return start(new TierwayModule(config, overrides));
    }

    static Engine start(Module module) {
        try {
            Engine engine = new Engine(Guice.createInjector(Stage.PRODUCTION, module));
            List<RoutingListener> listeners =
                    List.copyOf(engine.injector.getInstance(Key.get(new TypeLiteral<Set<RoutingListener>>() {})));
            engine.part(UnsettledAttempts.class).tell(listeners);
            engine.part(BudgetRebuild.class).begin(engine.part(QuotaStore.class), listeners);
            engine.part(ReplicaProber.class).follow();
            engine.part(AccountProber.class).follow();
            String unkept = engine.part(Numbered.class).warning();
            if (unkept != null) {
                LOG.warn("{}", unkept);
            }
            engine.part(ConfigWatch.class).start();
            return engine;
        } catch (CreationException | ProvisionException failed) {
            // What went wrong is in the part that threw; Guice's report is for us, not for users.
            throw cause(failed);
        }
    }

    /** Several parts may want the one that failed: then Guice reports it several times. */
    private static RuntimeException cause(RuntimeException failed) {
        Collection<Message> messages =
                failed instanceof CreationException several ? several.getErrorMessages() : List.of();
        for (Message message : messages) {
            if (message.getCause() instanceof RuntimeException cause) {
                return cause;
            }
        }
        return failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }

    /** One of the parts. */
    public <T> T part(Class<T> type) {
        return injector.getInstance(type);
    }

    public ChatCalls chat() {
        return part(ChatCalls.class);
    }

    public FleetOperator operator() {
        return part(FleetOperator.class);
    }

    public FleetQueries fleet() {
        return part(FleetQueries.class);
    }

    public RoutingRules rules() {
        return part(RoutingRules.class);
    }

    public Experiments experiments() {
        return part(Experiments.class);
    }

    /** In force now. */
    public GatewayConfig config() {
        return part(ConfigInForce.class).config();
    }

    public ConfigCalls reconfigure() {
        return part(ConfigCalls.class);
    }

    /** Takes no more calls, waits for the running ones, then cancels what is left and frees everything. */
    public void close(Duration patience) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        part(ConfigWatch.class).close();
        part(ConfigReloads.class).close();
        part(ReplicaProber.class).close();
        part(AccountProber.class).close();
        CallService calls = part(CallService.class);
        if (!drained(calls, patience.toMillis())) {
            calls.stopAll("shutdown");
            drained(calls, TimeUnit.SECONDS.toMillis(CANCEL_SECONDS));
        }
        part(ToolSources.class).close();
        part(OperatorFeed.class).close();
        part(ReplicaProbeTable.class).close();
        part(AccountProbeTable.class).close();
        part(ProviderTransportTable.class).close();
        part(EventBus.class).close(LAST_EVENTS);
        part(Webhooks.class).close();
        part(PluginAssembly.class).close();
        part(QuotaStore.class).close();
        injector.getInstance(Key.get(new TypeLiteral<Optional<SharedLimits>>() {}))
                .ifPresent(SharedLimits::close);
        part(History.class).close();
        part(CallTracing.class).close();
        try {
            part(Vertx.class).close().await(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("event loops didn't end in " + CANCEL_SECONDS + " s", late);
        }
    }

    private static boolean drained(CallService calls, long millis) {
        try {
            calls.drain().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("draining failed", impossible);
        }
    }
}
