package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.tierway.GatewayConfig;
import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.facade.CallHistory;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.rules.Experiments;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.service.AccountProber;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Changeover;
import dev.tierway.application.service.DecisionQueries;
import dev.tierway.application.service.FleetQueries;
import dev.tierway.application.service.HistoryQueries;
import dev.tierway.application.service.Intake;
import dev.tierway.application.service.LimitQueries;
import dev.tierway.application.service.OperatorFeed;
import dev.tierway.application.service.OperatorService;
import dev.tierway.application.service.Ports;
import dev.tierway.application.service.ReplicaProber;
import dev.tierway.application.service.RuleSwitches;
import dev.tierway.application.service.SharedHints;
import dev.tierway.bootstrap.reload.ConfigInForce;
import dev.tierway.bootstrap.reload.Numbered;
import dev.tierway.bootstrap.runtime.EventLoops;
import dev.tierway.bootstrap.runtime.OperatorLog;
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Strategies;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Domain, use cases and the process's own clocks, chance and event loops. */
final class EngineModule extends AbstractModule {
    private final GatewayConfig config;
    private final List<RoutingListener> listeners;
    private final List<RankingStrategy> own;
    private final @Nullable CallTracing tracing;

    EngineModule(GatewayConfig config, List<RoutingListener> listeners, List<RankingStrategy> own) {
        this(config, listeners, own, null);
    }

    /** @param tracing in place of what the configuration says; null: what that says */
    EngineModule(
            GatewayConfig config,
            List<RoutingListener> listeners,
            List<RankingStrategy> own,
            @Nullable CallTracing tracing) {
        this.config = config;
        this.tracing = tracing;
        this.listeners = List.copyOf(listeners);
        this.own = List.copyOf(own);
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireExactBindingAnnotations();
        bind(GatewayConfig.class).toInstance(config);
        install(new IntakeModule(config, tracing));
        install(new ReloadModule());
        Multibinder<RoutingListener> bound = Multibinder.newSetBinder(binder(), RoutingListener.class);
        bound.addBinding().to(Experiments.class);
        bound.addBinding().to(SharedHints.class);
        bound.addBinding().to(StepFailures.class);
        listeners.forEach(listener -> bound.addBinding().toInstance(listener));
        Multibinder.newSetBinder(binder(), OperatorListener.class).addBinding().toInstance(new OperatorLog());
    }

    @Provides
    @Singleton
    Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(loops())
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
    }

    static int loops() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    @Provides
    @Singleton
    MonotonicClock clock() {
        return System::nanoTime;
    }

    @Provides
    @Singleton
    WallClock wallClock() {
        return System::currentTimeMillis;
    }

    @Provides
    @Singleton
    Entropy entropy() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Provides
    @Singleton
    CallExecutors executors(Vertx vertx, MonotonicClock clock) {
        return new EventLoops(vertx, loops(), clock);
    }

    @Provides
    @Singleton
    ReplicaRegistry registry(Numbered first) {
        return new ReplicaRegistry(config.catalogue(), first.generation());
    }

    /** The built-in ones, those given as objects, and those that jars on the class path bring. */
    @Provides
    @Singleton
    Strategies strategies() {
        List<RankingStrategy> all = new ArrayList<>(own);
        ServiceLoader.load(RankingStrategy.class).forEach(all::add);
        return new Strategies(all);
    }

    @Provides
    @Singleton
    RoutingRules rules() {
        return new RoutingRules(config.rules());
    }

    @Provides
    @Singleton
    LimitsInForce limits(WallClock wallClock) {
        return new LimitsInForce(config.budgets(), wallClock);
    }

    @Provides
    @Singleton
    Experiments experiments(RoutingRules rules, MonotonicClock clock) {
        return new Experiments(rules, clock);
    }

    @Provides
    @Singleton
    Ports ports(
            ProviderTransports transports,
            QuotaStore quota,
            CallLedger ledger,
            DecisionLog decisions,
            Set<RoutingListener> all,
            CallExecutors executors,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy,
            Via via,
            CallTracing traces) {
        List<RoutingListener> listening = new ArrayList<>(all);
        listening.addAll(traces.listeners());
        return new Ports(
                traces.transports(transports),
                quota,
                ledger,
                decisions,
                listening,
                executors,
                clock,
                wallClock,
                entropy,
                via);
    }

    /** Two gateways of one process are two, and hand calls to each other as any do. */
    @Provides
    @Singleton
    Via via(Entropy entropy) {
        return Via.drawn(entropy.nextLong());
    }

    @Provides
    @Singleton
    AgentHolds holds() {
        return new AgentHolds();
    }

    @Provides
    @Singleton
    CallService calls(
            ReplicaRegistry registry,
            ConfigInForce inForce,
            RoutingRules rules,
            Strategies strategies,
            LimitsInForce limits,
            Plugins plugins,
            AgentHolds holds,
            Intake intake,
            Ports ports,
            Changeover changeover) {
        return new CallService(
                registry,
                inForce::policy,
                rules,
                strategies,
                limits,
                plugins,
                holds,
                intake,
                ports,
                instance(),
                changeover);
    }

    /** Process and host, as the JVM names itself: enough to tell instances apart in decisions. */
    static String instance() {
        return ManagementFactory.getRuntimeMXBean().getName();
    }

    @Provides
    @Singleton
    FleetQueries fleet(
            ReplicaRegistry registry,
            ConfigInForce inForce,
            RoutingRules rules,
            MonotonicClock clock,
            AccountProber accounts,
            Stores stores) {
        return new FleetQueries(registry, inForce::policy, rules, clock, accounts, stores::shares);
    }

    @Provides
    @Singleton
    LimitQueries limitQueries(LimitsInForce limits, QuotaStore quota, WallClock wallClock) {
        return new LimitQueries(limits, quota, wallClock);
    }

    @Provides
    @Singleton
    AccountProber accountProber(
            ReplicaRegistry registry,
            AccountProbes probes,
            CallExecutors executors,
            MonotonicClock clock,
            Entropy entropy,
            Set<RoutingListener> all) {
        return new AccountProber(registry, probes, executors, clock, entropy, List.copyOf(all));
    }

    @Provides
    @Singleton
    ReplicaProber prober(
            ReplicaRegistry registry,
            ReplicaProbes probes,
            CallExecutors executors,
            MonotonicClock clock,
            Entropy entropy,
            Set<RoutingListener> all) {
        return new ReplicaProber(registry, probes, executors, clock, entropy, List.copyOf(all));
    }

    @Provides
    @Singleton
    DecisionQueries decisions(DecisionLog log) {
        return new DecisionQueries(log);
    }

    @Provides
    @Singleton
    HistoryQueries history(CallLedger ledger) {
        return new HistoryQueries(ledger);
    }

    @Provides
    @Singleton
    CallHistory callHistory(HistoryQueries history, CallExecutors executors) {
        return new CallHistory(history, executors);
    }

    /** What was ordered before holds from the start: without it, traffic would go where an operator took it away. */
    @Provides
    @Singleton
    OperatorService operator(
            ReplicaRegistry registry,
            RoutingRules rules,
            Strategies strategies,
            AgentHolds holds,
            History history,
            Set<OperatorListener> all,
            MonotonicClock clock,
            WallClock wallClock) {
        OperatorService service = new OperatorService(
                registry,
                new RuleSwitches(rules, strategies, holds),
                history.operatorState(),
                history.audit(),
                List.copyOf(all),
                clock,
                wallClock,
                instance());
        try {
            service.load().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        return service;
    }

    @Provides
    @Singleton
    OperatorFeed feed(OperatorService service, CallExecutors executors, MonotonicClock clock) {
        OperatorFeed feed = new OperatorFeed(service, executors, clock);
        feed.start();
        return feed;
    }

    @Provides
    @Singleton
    FleetOperator fleetOperator(OperatorService service, CallExecutors executors) {
        return new FleetOperator(service, executors, "java");
    }
}
