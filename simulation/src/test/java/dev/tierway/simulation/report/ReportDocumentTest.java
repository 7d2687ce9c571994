package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportDocumentTest {
    @Test
    void the_document_has_the_members_of_the_contract_and_no_others() throws InterruptedException {
        Report report = RunnerTest.report(
                new FakeExperiment(), new Plan(List.of("healthy"), List.of(0.7), List.of("adaptive"), 9, 3));

        Map<String, Object> json = ReportDocument.of(report);

        assertThat(json.keySet()).containsExactly("trace", "seed", "config", "rows");
        assertThat(json)
                .containsEntry("trace", "poisson:minutes=1")
                .containsEntry("seed", 9L)
                .containsEntry("config", null);
        Map<?, ?> row = (Map<?, ?>) ((List<?>) json.get("rows")).getFirst();
        assertThat(row.keySet().stream().map(String::valueOf))
                .containsExactly(
                        "scenario",
                        "load",
                        "strategy",
                        "seeds",
                        "calls",
                        "success",
                        "ttft_ms",
                        "total_ms",
                        "usd_per_success",
                        "attempts_per_success",
                        "rate_limited_per_1k",
                        "wasted_tokens",
                        "cache_hit",
                        "detect_s",
                        "recover_s",
                        "dead_share",
                        "regret");
        assertThat(((Map<?, ?>) row.get("success")).keySet().stream().map(String::valueOf))
                .containsExactly("mean", "lo", "hi");
        assertThat(((Map<?, ?>) row.get("ttft_ms")).keySet().stream().map(String::valueOf))
                .containsExactly("p50", "p99", "p999");
        assertThat(((Map<?, ?>) row.get("total_ms")).keySet().stream().map(String::valueOf))
                .containsExactly("p50", "p99", "p999");
    }
}
