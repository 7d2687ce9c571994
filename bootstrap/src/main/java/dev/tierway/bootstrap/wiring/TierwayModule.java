package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.tierway.GatewayConfig;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.bootstrap.runtime.ErrorLog;
import dev.tierway.bootstrap.runtime.LimitLog;

/** The whole engine without servers, for callers who use Guice themselves. */
public final class TierwayModule extends AbstractModule {
    private final GatewayConfig config;
    private final Overrides overrides;

    public TierwayModule(GatewayConfig config, Overrides overrides) {
        this.config = config;
        this.overrides = overrides;
    }

    @Override
    protected void configure() {
        install(new EngineModule(
                config,
                overrides
                        .with(new ErrorLog())
                        .with(new LimitLog(System::currentTimeMillis))
                        .listeners(),
                overrides.strategies(),
                overrides.tracing()));
        Multibinder<OperatorListener> hearing = Multibinder.newSetBinder(binder(), OperatorListener.class);
        overrides.operatorListeners().forEach(listener -> hearing.addBinding().toInstance(listener));
        install(new PluginsModule(config, overrides));
        install(new ProvidersModule(overrides.transports()));
        install(new PersistenceModule(config.storage(), config.budgets(), overrides));
        install(new AgentsModule(config, overrides));
    }
}
