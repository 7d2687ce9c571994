package dev.tierway.adapter.http.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.ReferencePage;
import dev.tierway.adapter.http.Selections;
import dev.tierway.adapter.http.admin.FakeHistory;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.event.Deliveries;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.port.in.AccountStatus;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryHints;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.StoreStatus;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.application.port.out.AccountBalance;
import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.UsageLoss;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopKind;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Ruling;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md says what is registered. */
class MetricsReferenceTest {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    /** Kept here: meters don't hold it. */
    private static final QueryStores STORES = new QueryStores() {
        @Override
        public List<StoreStatus> stores() {
            return List.of(new StoreStatus("ledger", true, null, 1, 2, 3, 4, false));
        }

        @Override
        public SharesStatus shares() {
            return new SharesStatus(5, 4, 3, 2, 1);
        }
    };

    private static final EventBus BUS = new EventBus((name, thrown) -> {});
    private static final Supplier<List<Deliveries>> WEBHOOKS = () -> List.of(new Deliveries("pager", 1, 2, 3, 4));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Makes every meter appear. */
    private String scrape() {
        MetricsListener metrics = new MetricsListener(registry, () -> Selections.START_NANOS + 1);
        metrics.finished(Selections.spilled("dec_1", "r1"));
        metrics.finished(Selections.limited("dec_4", "r4"));
        metrics.finished(Selections.rejectedByNeeds("dec_2", "r2", Set.of(Capability.VISION)));
        new RuleMetrics(registry, () -> Selections.START_NANOS + 1)
                .finished(Selections.ruled("dec_3", "r3", new Ruling("trial", "a", Set.of())));
        Selection ruled = Selections.ruled("dec_4", "r4", new Ruling("trial", "a", Set.of()));
        new PluginMetrics(registry)
                .finished(ruled.after(
                        List.of(new PluginUse("cache", PluginStage.BEFORE_ROUTING, PluginUse.Outcome.ANSWERED, null)),
                        ruled.result()));
        EventMeters.register(registry, BUS, WEBHOOKS);
        OverloadMeters overload = new OverloadMeters(registry);
        overload.waited(QueuePriority.NORMAL, 1);
        overload.shed(QueuePriority.LOW, ShedReason.QUEUE_FULL);
        OverloadMeters.register(registry, () -> List.of(1, 2, 3));
        new GenAiMeters(registry, ProviderId::value)
                .attemptEnded(FakeHistory.row(1, Selections.USAGE, Selections.COST, null));
        metrics.attemptEnded(FakeHistory.row(1, Selections.USAGE, Selections.COST, null));
        metrics.budgetsRaised(
                new BudgetsRaised(UsageLoss.Cause.FORGOTTEN, BudgetsRaised.Source.LEDGER, List.of(), List.of()));
        metrics.loopFound("dec_1", new Loop(LoopKind.PING_PONG, 4, List.of("a", "b"), ""), LoopAction.WARN);
        metrics.toolUsed("search", "done", Duration.ofMillis(1));
        HintMeters.register(registry, () -> new QueryHints.HintCounts(1, 2, 3));
        StoreMeters.register(registry, STORES);
        metrics.toolUsed("search", "done", Duration.ZERO);
        metrics.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.ALIVE, false, false));
        ReplicaStatus replica = new ReplicaStatus(
                "a/m",
                "p",
                "m",
                "mid",
                false,
                Status.HEALTHY,
                "active",
                "closed",
                null,
                null,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                4.0,
                null,
                null,
                null,
                List.of());
        FleetGauges gauges = new FleetGauges(
                registry,
                new QueryFleet() {
                    @Override
                    public FleetStatus fleet() {
                        return new FleetStatus(
                                1,
                                "adaptive",
                                List.of(replica),
                                List.of(),
                                List.of(),
                                List.of(new OverrideStatus("provider", "p", "phase", "draining", "ann", null, null)));
                    }

                    @Override
                    public Optional<ProviderUsage> usage(String provider) {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public List<ProviderUsage> usage() {
                        return List.of(MetricsReferenceTest.measured());
                    }

                    @Override
                    public QuotaStatus quota() {
                        return MetricsReferenceTest.left();
                    }
                },
                "1");
        gauges.refresh();
        new AuthMeters(registry).accept("missing");
        new KeyMeters(registry).storeUp();
        new ReloadMeters(registry)
                .reconfigured(ConfigOrder.of(ConfigOrder.Origin.SIGHUP), new ConfigOutcome.Unchanged(1));
        new OperatorMeters(registry)
                .ordered(
                        new NumberedOrder(
                                1,
                                new GivenOrder(
                                        Scope.provider("p"),
                                        new OperatorOrder.ResetCircuit(),
                                        "ann",
                                        null,
                                        0,
                                        null,
                                        "gw-1")),
                        true);
        return registry.scrape();
    }

    private static Set<String> labels(String scrape, String metric) {
        Matcher series =
                Pattern.compile("(?m)^" + metric + "(?:_sum)?(?:\\{(.*)})? ").matcher(scrape);
        assertThat(series.find()).as(metric).isTrue();
        Set<String> labels = new TreeSet<>();
        if (series.group(1) != null) {
            Matcher label = LABEL.matcher(series.group(1));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        return labels;
    }

    @Test
    void every_metric_is_documented_with_its_type_and_labels_and_no_other() throws IOException {
        String scrape = scrape();
        Map<String, String> registered = new TreeMap<>();
        Matcher types = TYPE.matcher(scrape);
        while (types.find()) {
            if (!types.group(1).endsWith("_max")) {
                registered.put(types.group(1), types.group(2) + " " + labels(scrape, types.group(1)));
            }
        }
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : ReferencePage.read("metrics.md").rows("metric", "# Metrics")) {
            documented.put(
                    ReferencePage.codes(row.getFirst()).getFirst(),
                    row.get(1) + " " + new TreeSet<>(ReferencePage.codes(row.get(2))));
        }
        assertThat(documented).isEqualTo(registered);
    }

    private static ProviderUsage measured() {
        return FleetGaugesTest.usage(
                new AccountStatus(null, List.of(new AccountBalance("USD", null, BigDecimal.ONE, null)), 5L, null));
    }

    private static QuotaStatus left() {
        WindowStatus window = new WindowStatus("domain:d", "requests", 60_000L, 10L, 5, 5L, null, "own");
        return new QuotaStatus(List.of(new QuotaStatus.ReplicaQuota("a/m", "p", "m", 0.5, List.of(window))), List.of());
    }
}
