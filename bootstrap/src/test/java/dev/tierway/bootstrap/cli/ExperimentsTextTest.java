package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.bootstrap.cli.show.Documents;
import org.junit.jupiter.api.Test;

/** Experiments for people. */
class ExperimentsTextTest {
    @Test
    void an_arm_is_a_line_of_figures_with_their_intervals() {
        String text = ExperimentsText.of(Documents.parse("""
            [ { "rule": "trial", "enabled": false, "sticky_by": "user", "arms": [
                { "arm": "a", "to": "big", "weight": 90, "calls": 103, "delivered": 99, "failed": 1, "spilled": 2, "left_out": 1,
                  "success": { "value": 0.99, "low": 0.945, "high": 0.9982 },
                  "mean_cost_usd": { "value": 0.0012, "low": 0.0011, "high": 0.0013 }, "unpriced": 0,
                  "mean_total_ms": { "value": 1050, "low": 990, "high": 1110 },
                  "median_total_ms": { "value": 900, "low": 850, "high": 950 },
                  "mean_ttft_ms": { "value": null, "low": null, "high": null },
                  "median_ttft_ms": { "value": null, "low": null, "high": null } } ] } ]
            """));

        assertThat(text)
                .startsWith("rule trial, sticky by user, switched off\n")
                .contains("99.0% [94.5% .. 99.8%]", "0.00120 [0.00110 .. 0.00130]", "1050 ms [990 ms .. 1110 ms]")
                .containsPattern("a +big +90 +103 +99 +1 +2 +1 ")
                .contains("Intervals are 95 %");
    }

    @Test
    void without_a_rule_it_says_so() {
        assertThat(ExperimentsText.of(Documents.parse("[]"))).isEqualTo("There is no ab-test rule.\n");
    }
}
