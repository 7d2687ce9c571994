package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.runtime.ErrorLog;

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
        install(new EngineModule(config, overrides.with(new ErrorLog()).listeners(), overrides.strategies()));
        install(new ProvidersModule(overrides.transports()));
        install(new PersistenceModule(config.storage(), overrides));
    }
}
