package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.tierway.AuthConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.ServerConfig;
import dev.tierway.adapter.http.GatewayAccess;
import dev.tierway.adapter.http.GatewayPorts;
import dev.tierway.adapter.http.GatewayServer;
import dev.tierway.adapter.http.GatewaySettings;
import dev.tierway.adapter.http.admin.AdminPorts;
import dev.tierway.adapter.http.admin.AdminServer;
import dev.tierway.adapter.http.admin.AdminSettings;
import dev.tierway.adapter.http.admin.AdminToken;
import dev.tierway.adapter.http.admin.MetricsServer;
import dev.tierway.adapter.http.observe.AuthMeters;
import dev.tierway.adapter.http.observe.CallLog;
import dev.tierway.adapter.http.observe.EventMeters;
import dev.tierway.adapter.http.observe.FleetGauges;
import dev.tierway.adapter.http.observe.GenAiMeters;
import dev.tierway.adapter.http.observe.HintMeters;
import dev.tierway.adapter.http.observe.KeyMeters;
import dev.tierway.adapter.http.observe.MetricsListener;
import dev.tierway.adapter.http.observe.OperatorMeters;
import dev.tierway.adapter.http.observe.OverloadMeters;
import dev.tierway.adapter.http.observe.PluginMetrics;
import dev.tierway.adapter.http.observe.ReloadMeters;
import dev.tierway.adapter.http.observe.RuleMetrics;
import dev.tierway.adapter.http.observe.StoreMeters;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.application.checkpoint.Workflows;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.keys.KeyService;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.ConfigListener;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.KeyListener;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.rights.AdmittedCalls;
import dev.tierway.application.rules.Experiments;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.CapabilityQueries;
import dev.tierway.application.service.DecisionQueries;
import dev.tierway.application.service.FleetQueries;
import dev.tierway.application.service.HistoryQueries;
import dev.tierway.application.service.Intake;
import dev.tierway.application.service.LimitQueries;
import dev.tierway.application.service.OperatorService;
import dev.tierway.application.service.SharedHints;
import dev.tierway.bootstrap.config.ProviderKinds;
import dev.tierway.bootstrap.reload.ConfigInForce;
import dev.tierway.bootstrap.reload.ConfigReloads;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.runtime.BuildInfo;
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.bootstrap.trace.GenAiNames;
import dev.tierway.domain.fleet.ReplicaRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** The engine with its two servers and metrics. */
public final class GatewayModule extends AbstractModule {
    private final GatewayConfig config;

    public GatewayModule(GatewayConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        // Not TierwayModule: its log of errors would say again what the log of calls says.
        install(new EngineModule(config, List.of(), List.of()));
        install(new PluginsModule(config, Overrides.NONE));
        install(new ProvidersModule(Map.of()));
        install(new PersistenceModule(config.storage(), config.budgets(), Overrides.NONE));
        install(new AgentsModule(config, Overrides.NONE));
        install(new KeysModule(config));
    }

    @Provides
    @Singleton
    PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener metrics(PrometheusMeterRegistry meters, MonotonicClock clock) {
        return new MetricsListener(meters, clock);
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener overloadMeters(PrometheusMeterRegistry meters) {
        return new OverloadMeters(meters);
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener genAiMeters(PrometheusMeterRegistry meters) {
        return new GenAiMeters(meters, GenAiNames.in(config));
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener ruleMetrics(PrometheusMeterRegistry meters, MonotonicClock clock) {
        return new RuleMetrics(meters, clock);
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener pluginMetrics(PrometheusMeterRegistry meters) {
        return new PluginMetrics(meters);
    }

    @ProvidesIntoSet
    @Singleton
    RoutingListener callLog(MonotonicClock clock, CallTracing traces) {
        return new CallLog(clock, traces::traceId);
    }

    @ProvidesIntoSet
    @Singleton
    OperatorListener operatorMeters(PrometheusMeterRegistry meters) {
        return new OperatorMeters(meters);
    }

    @ProvidesIntoSet
    @Singleton
    KeyListener keyMeters(PrometheusMeterRegistry meters) {
        return new KeyMeters(meters);
    }

    @ProvidesIntoSet
    @Singleton
    ConfigListener reloadMeters(PrometheusMeterRegistry meters) {
        return new ReloadMeters(meters);
    }

    @ProvidesIntoSet
    @Singleton
    Reloadable certificates(Provider<GatewayServer> api, Provider<AdminServer> admin) {
        return new TlsReload(api, admin);
    }

    @Provides
    @Singleton
    CapabilityQueries capabilities(ReplicaRegistry registry) {
        return new CapabilityQueries(registry, ProviderKinds.all());
    }

    @Provides
    @Singleton
    GatewayServer gateway(
            Vertx vertx,
            CallService service,
            AdmittedCalls calls,
            FleetQueries fleet,
            DecisionQueries decisions,
            Stores stores,
            CapabilityQueries capabilities,
            KeyService keys,
            Workflows workflows,
            PrometheusMeterRegistry meters,
            Via via,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy) {
        ServerConfig server = config.server();
        return new GatewayServer(
                vertx,
                new GatewaySettings(
                        server.bind(),
                        server.port(),
                        EngineModule.loops(),
                        false,
                        TlsReload.tls(server.tls()),
                        limits(server.limits())),
                new GatewayPorts(
                        calls,
                        service,
                        fleet,
                        fleet,
                        decisions,
                        stores,
                        capabilities,
                        workflows,
                        via,
                        clock,
                        wallClock,
                        entropy,
                        config.auth().mode() == AuthConfig.Mode.NONE
                                ? GatewayAccess.OPEN
                                : new GatewayAccess(keys.authenticate(), new AuthMeters(meters))));
    }

    @Provides
    @Singleton
    Scrape scrape(
            FleetQueries fleet,
            Stores stores,
            SharedHints hints,
            EventBus events,
            Webhooks webhooks,
            Intake intake,
            PrometheusMeterRegistry meters) {
        StoreMeters.register(meters, stores);
        HintMeters.register(meters, hints);
        EventMeters.register(meters, events, webhooks);
        OverloadMeters.register(meters, intake::waitingCalls);
        FleetGauges gauges = new FleetGauges(meters, fleet, BuildInfo.read().version());
        return new Scrape(() -> {
            gauges.refresh();
            return meters.scrape();
        });
    }

    @Provides
    @Singleton
    MetricsPort metricsPort(Vertx vertx, Scrape scrape, MonotonicClock clock, Entropy entropy) {
        ServerConfig.Metrics metrics = config.server().metrics();
        return new MetricsPort(
                metrics == null
                        ? null
                        : new MetricsServer(vertx, metrics.bind(), metrics.port(), scrape.text(), clock, entropy));
    }

    @Provides
    @Singleton
    AdminServer admin(
            Vertx vertx,
            FleetQueries fleet,
            LimitQueries limits,
            QueryAgents agents,
            Experiments experiments,
            HistoryQueries history,
            OperatorService operator,
            KeyService keys,
            ConfigInForce inForce,
            ConfigReloads reloads,
            EventBus events,
            Scrape scrape,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy) {
        AuthConfig auth = config.auth();
        var token = auth.adminToken();
        return new AdminServer(
                vertx,
                new AdminSettings(
                        config.server().admin().bind(),
                        config.server().adminPort(),
                        token == null ? null : new AdminToken(token.reveal()),
                        TlsReload.tls(config.server().admin().tls()),
                        config.server().admin().terminated(),
                        HttpLimits.DEFAULTS),
                new AdminPorts(
                        fleet,
                        limits,
                        agents,
                        experiments,
                        history,
                        operator,
                        events,
                        reloads,
                        () -> inForce.config().toRedactedMap(),
                        scrape.text(),
                        BuildInfo.read().version(),
                        clock,
                        wallClock,
                        entropy,
                        keys,
                        keys.authenticate()));
    }

    private static HttpLimits limits(ServerConfig.Limits limits) {
        return new HttpLimits(
                limits.bodyBytes(),
                limits.headerBytes(),
                limits.uriBytes(),
                limits.connections(),
                limits.bodyTimeout(),
                limits.idleTimeout(),
                limits.keepAlive(),
                limits.stalled());
    }
}
