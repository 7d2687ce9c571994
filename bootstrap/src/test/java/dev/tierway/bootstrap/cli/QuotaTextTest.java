package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.bootstrap.cli.show.Documents;
import org.junit.jupiter.api.Test;

/** What is left of limits, for people. */
class QuotaTextTest {
    private static final String WINDOW = """
        { "owner": "domain:org", "dimension": "tokens", "window_millis": 60000, "limit": 1000, "used": 300,
          "remaining": 700, "resets_in_millis": 18000, "source": "own" }\
        """;
    private static final String USAGE = """
        { "provider": "west", "status": "degraded", "calls": 4, "errors": 1, "error_rate": 0.25, "in_flight": 2,
          "ttft_millis": 620, "millis_per_token": null, "remaining_requests": 7, "remaining_tokens": null,
          "remaining_input_tokens": 40, "remaining_output_tokens": null, "remaining_concurrency": null, "windows": [],
          "last_used_ago_millis": null, "circuit": "half_open", "circuit_until_millis": null,
          "cooling_down_millis": 4000, "account": %s }\
        """;

    @Test
    void a_shared_window_is_a_line_and_what_is_unknown_a_dash() {
        String text = QuotaText.of(Documents.parse("""
            { "replicas": [
                { "replica": "a/m", "model": "m", "headroom": 0.7, "windows": [%s] },
                { "replica": "b/m", "model": "m", "headroom": null, "windows": [%s] } ],
              "models": [ { "model": "m", "replicas": 2, "unknown": 1, "least": 0.7, "most": 0.7, "skew": null } ] }
            """.formatted(WINDOW, WINDOW)));

        assertThat(text)
                .containsPattern("a/m +m +70\\.0%\n")
                .containsPattern("b/m +m +-\n")
                .containsPattern("m +2 +1 +70\\.0% +70\\.0% +-\n")
                .containsOnlyOnce("domain:org")
                .containsPattern("domain:org +tokens +60\\.0 s +1000 +300 +700 +18\\.0 s +our accounts\n");
    }

    @Test
    void without_a_known_limit_it_says_so() {
        assertThat(QuotaText.of(Documents.parse("{\"replicas\":[],\"models\":[]}")))
                .endsWith("Nothing is known of any limit yet.\n");
    }

    @Test
    void budgets_are_lines_of_words() {
        String text = QuotaText.of(Documents.parse("""
            { "limits": [
                { "rule": "each", "owner": "agent", "tag": null, "key": "k", "name": "bot", "others": false, "counts": "usd",
                  "limit": null, "used": null, "left": null, "limit_usd": "10", "used_usd": "9.5", "left_usd": "0.5",
                  "used_share": 0.95, "window_millis": null, "period": "day", "resets_at": "2026-11-21T00:00:00Z",
                  "enforced": false, "state": "warning", "price_weight": 2.6 },
                { "rule": "teams", "owner": "tag", "tag": "team", "key": null, "name": null, "others": true,
                  "counts": "input-tokens", "limit": 100, "used": null, "left": null, "limit_usd": null,
                  "used_share": null, "window_millis": 60000, "period": null, "resets_at": null, "enforced": true,
                  "state": "unknown", "price_weight": null },
                { "rule": "all", "owner": "gateway", "counts": "concurrency", "limit": 4, "used": 1, "left": 3,
                  "used_share": 0.25, "window_millis": null, "enforced": true, "state": "ok", "price_weight": 1.0 } ],
              "limits_left_out": 7, "limits_problem": "the quota store is down", "replicas": [], "models": [] }
            """));

        assertThat(text)
                .containsPattern("each +agent bot of key k +USD per day +9.5 +0.5 +10 +95\\.0% +2026-11-21T00:00:00Z +"
                        + "warning, not enforced, price weighs 2\\.6x\n")
                .containsPattern(
                        "teams +tag team=all beyond 10,000 +input tokens per minute +- +- +100 +- +- +unknown\n")
                .containsPattern("all +all calls +calls at once +1 +3 +4 +25\\.0% +- +ok, on pace\n")
                .contains("and 7 more, of names that called longer ago.\n")
                .contains("What is used isn't known: the quota store is down\n");
    }

    @Test
    void what_shares_saved_is_a_line_where_there_are_any() {
        assertThat(QuotaText.of(Documents.parse("{\"replicas\":[],\"models\":[],\"shares\":null}")))
                .doesNotContain("shares");
        assertThat(QuotaText.of(Documents.parse("{\"replicas\":[],\"models\":[],\"shares\":"
                        + "{\"admitted_here\":90,\"asked_store\":10,\"shares\":3,\"leased\":120,\"returned\":5}}")))
                .endsWith("90 of 100 reservations from shares, without asking the store.\n");
    }

    @Test
    void a_providers_usage_is_a_list_of_facts() {
        assertThat(UsageText.of(Documents.parse(USAGE.formatted("null"))))
                .containsPattern("error rate +25\\.0%\n")
                .containsPattern("last used +never\n")
                .containsPattern("circuit +half open, cooling 4000 ms\n")
                .containsPattern("requests left +7\n")
                .containsPattern("tokens left +-, input 40\n")
                .endsWith("Its account isn't asked for: usage-probe.\n");
    }

    @Test
    void an_accounts_rest_is_shown_with_its_age_and_why_the_last_probe_failed() {
        assertThat(UsageText.of(Documents.parse(USAGE.formatted("""
            { "usable": false, "balances": [ { "currency": "USD", "limit": null, "remaining": 4.50, "used": 1.25 } ],
              "told_ago_millis": 5000, "failure": "the vendor answered HTTP 503" }\
            """))))
                .containsPattern("USD +4\\.5 +- +1\\.25\n")
                .contains("told 5000 ms ago; the vendor serves no calls with it; the last probe failed: the vendor"
                        + " answered HTTP 503\n");
    }
}
