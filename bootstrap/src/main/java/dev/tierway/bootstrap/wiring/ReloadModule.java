package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.tierway.GatewayConfig;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.ConfigListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.rules.Experiments;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.service.Changeover;
import dev.tierway.bootstrap.reload.ConfigCalls;
import dev.tierway.bootstrap.reload.ConfigInForce;
import dev.tierway.bootstrap.reload.ConfigReloads;
import dev.tierway.bootstrap.reload.ConfigSwap;
import dev.tierway.bootstrap.reload.ConfigWatch;
import dev.tierway.bootstrap.reload.FixedSettings;
import dev.tierway.bootstrap.reload.Generations;
import dev.tierway.bootstrap.reload.Numbered;
import dev.tierway.bootstrap.reload.ReloadAudit;
import dev.tierway.bootstrap.reload.ReloadLog;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.reload.RoutingReload;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Strategies;
import java.util.List;
import java.util.Set;

/**
 * Another configuration while calls run. A part that follows the configuration adds itself to the set of {@link Reloadable};
 * its component of the configuration belongs into the list
 * of {@link FixedSettings}, which refuses a change of any other.
 */
final class ReloadModule extends AbstractModule {
    @Override
    protected void configure() {
        Multibinder<Reloadable> parts = Multibinder.newSetBinder(binder(), Reloadable.class);
        parts.addBinding().to(ConfigInForce.class);
        parts.addBinding().toInstance(new FixedSettings());
        Multibinder<ConfigListener> listeners = Multibinder.newSetBinder(binder(), ConfigListener.class);
        listeners.addBinding().toInstance(new ReloadLog());
    }

    @Provides
    @Singleton
    Changeover changeover() {
        return new Changeover();
    }

    @Provides
    @Singleton
    ConfigInForce inForce(GatewayConfig config, Strategies strategies) {
        return new ConfigInForce(config, strategies);
    }

    @ProvidesIntoSet
    @Singleton
    Reloadable routing(RoutingRules rules, LimitsInForce limits, Experiments experiments) {
        return new RoutingReload(rules, limits, experiments);
    }

    @ProvidesIntoSet
    @Singleton
    ConfigListener audit(History history, WallClock clock) {
        return new ReloadAudit(history.audit(), clock, EngineModule.instance());
    }

    @Provides
    @Singleton
    Generations generations(History history, WallClock clock) {
        return new Generations(history.configs(), clock, EngineModule.instance());
    }

    /** Of the configuration the process starts with. */
    @Provides
    @Singleton
    Numbered first(Generations generations, GatewayConfig config) {
        Numbered first = generations.number(config, ConfigOrder.of(ConfigOrder.Origin.START), null, 0);
        generations.remember(first.generation(), config);
        return first;
    }

    @Provides
    @Singleton
    ConfigSwap swap(ReplicaRegistry registry, Set<Reloadable> parts, Changeover changeover) {
        return new ConfigSwap(registry, List.copyOf(parts), changeover);
    }

    @Provides
    @Singleton
    ConfigReloads reloads(
            ConfigInForce inForce, ConfigSwap swap, Generations generations, Set<ConfigListener> listeners) {
        return new ConfigReloads(inForce, swap, generations, List.copyOf(listeners));
    }

    @Provides
    @Singleton
    ConfigWatch watch(ConfigInForce inForce, ConfigReloads reloads) {
        return new ConfigWatch(inForce, reloads);
    }

    @Provides
    @Singleton
    ConfigCalls calls(ConfigReloads reloads, CallExecutors executors) {
        return new ConfigCalls(reloads, executors);
    }
}
