package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.webhook.Webhook;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.event.EventSource;
import dev.tierway.application.event.EventSubscriber;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plugins, events, and who hears of them. */
final class PluginsModule extends AbstractModule {
    private static final Logger LOG = LoggerFactory.getLogger(PluginsModule.class);

    private final GatewayConfig config;
    private final Overrides overrides;

    PluginsModule(GatewayConfig config, Overrides overrides) {
        this.config = config;
        this.overrides = overrides;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), RoutingListener.class);
        Multibinder.newSetBinder(binder(), Reloadable.class).addBinding().to(PluginAssembly.class);
    }

    @Provides
    @Singleton
    PluginAssembly assembly(MonotonicClock clock) {
        return new PluginAssembly(config.plugins(), overrides.plugins(), clock);
    }

    @Provides
    @Singleton
    Plugins plugins(PluginAssembly assembly) {
        return assembly.plugins();
    }

    @Provides
    @Singleton
    EventBus bus() {
        EventBus bus = new EventBus((name, thrown) ->
                LOG.atError().addKeyValue("subscriber", name).setCause(thrown).log("an event's subscriber broke"));
        int n = 0;
        for (EventSubscriber subscriber : overrides.subscribers()) {
            bus.subscribe("builder-" + ++n, subscriber);
        }
        return bus;
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener events(
            EventBus bus, ReplicaRegistry registry, MonotonicClock clock, WallClock wallClock, Entropy entropy) {
        return new EventSource(bus, registry, clock, wallClock, entropy);
    }

    @Provides
    @Singleton
    Webhooks webhooks(EventBus bus, WallClock wallClock) {
        List<Webhook> open = new ArrayList<>();
        config.events().webhooks().forEach(options -> open.add(Webhook.open(options, bus, wallClock)));
        return new Webhooks(open);
    }
}
