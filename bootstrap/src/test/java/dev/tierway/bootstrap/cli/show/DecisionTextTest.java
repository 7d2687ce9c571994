package dev.tierway.bootstrap.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DecisionTextTest {
    private static final String DECISION = """
        { "id": "dec_1", "dry_run": false, "summary": "gpt on b, after a answered 429",
          "asked": { "address": "fast", "level": "tier", "route": "fast", "strategy": "adaptive" },
          "rounds": [
            { "attempt": 1, "chose": "a/m", "because": "best_index", "propensity": 0.99,
              "runner_up": "b/m", "decided_by": "local_bonus",
              "candidates": [
                { "replica": "a/m", "verdict": "chosen", "index_usd": 0.0132, "success": 0.99,
                  "terms_usd": { "local_bonus": 0.02, "price": -0.0073, "latency": 0, "quota_pressure": 0, "failure": -0.0007 },
                  "facts": { "ttft_ms": 620, "latency_measured": true, "price_known": true } },
                { "replica": "b/m", "verdict": "eligible", "index_usd": -0.02, "success": 0.95,
                  "terms_usd": { "local_bonus": 0, "price": -0.01, "latency": 0, "quota_pressure": 0, "failure": -0.0007 },
                  "facts": { "ttft_ms": 1000, "latency_measured": false, "price_known": false } },
                { "replica": "c/m", "verdict": "rejected",
                  "reasons": [ { "code": "circuit_open", "kind": "health", "scope": "replica", "until_ms": 8000 } ] } ],
              "omitted": { "use_case_not_served": 4 },
              "result": { "class": "rate_limited", "upstream_status": 429, "retry_after_ms": 12000, "commit_ms": null,
                "end_ms": 180, "charge": "refunded", "cost_usd": "0", "tokens": null, "verdict": "next_model" } },
            { "attempt": 2, "chose": null, "because": "nobody_eligible", "propensity": null, "candidates": [],
              "omitted": {}, "result": null } ],
          "why_not": { "replica": "c/m", "summary": "c/m would be first if its circuit were closed" },
          "warnings": [ "seed ignored" ] }
        """;

    @Test
    void every_fact_of_a_decision_is_shown() {
        assertThat(DecisionText.of(Documents.parse(DECISION), "")).isEqualTo("""
            dec_1: fast (tier, route fast, adaptive)
            attempt 1: a/m, best index (p = 0.99), over b/m by local bonus
              REPLICA  VERDICT    INDEX $  LOCAL $    PRICE $  FAILURE $  SUCCESS      TTFT
              a/m      chosen     0.01320  0.02000   -0.00730   -0.00070    99.0%    620 ms
              b/m      eligible  -0.02000  0.00000  ~-0.01000   -0.00070    95.0%  ~1000 ms
              c/m      rejected  circuit_open (scope replica, until_ms 8000)
              not shown: use_case_not_served 4
            -> rate_limited (HTTP 429), retry after 12.0 s, over after 180 ms, refunded, then next model
            attempt 2: nobody eligible
              REPLICA  VERDICT  INDEX $  SUCCESS  TTFT
            why not c/m: c/m would be first if its circuit were closed
            warning: seed ignored
            => gpt on b, after a answered 429
            """);
    }

    @Test
    void what_is_unknown_is_a_dash_and_never_a_zero() {
        assertThat(Words.dollars(Documents.parse("null"))).isEqualTo("-");
        assertThat(Words.percent(Documents.parse("{}").path("success"))).isEqualTo("-");
        assertThat(Words.span(Documents.parse("null"))).isEqualTo("-");
        assertThat(Words.text(Documents.parse("null"))).isEqualTo("-");
    }

    @Test
    void an_unknown_cost_is_said_to_be_unknown() {
        assertThat(ResultText.of(Documents.parse("""
            { "class": null, "commit_ms": 5, "end_ms": 9, "charge": "settled", "cost_usd": null,
              "tokens": { "input": 3, "output": 4 }, "verdict": "delivered" }
            """)))
                .isEqualTo("answered, began after 5 ms, over after 9 ms, 3 tokens in, 4 out, cost unknown");
    }
}
