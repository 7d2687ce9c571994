package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.bootstrap.cli.show.Documents;
import org.junit.jupiter.api.Test;

/** Attempts for people. */
class HistoryTextTest {
    @Test
    void an_attempt_is_a_line_where_what_is_unknown_is_a_dash_and_what_is_estimated_is_marked() {
        String text = HistoryText.rows(Documents.parse("""
            [ { "ended_at": "2026-11-20T10:00:00Z", "call": "dec_1", "attempt": 2, "replica": "west/gpt-x", "outcome": "delivered",
                "class": null, "key": "k", "agent": null, "input_tokens": 10, "output_tokens": 20, "usage": "estimated",
                "cost_usd": "0.005535", "first_token_ms": 620.0, "duration_ms": 15000.0 },
              { "ended_at": "2026-11-20T09:00:00Z", "call": "dec_1", "attempt": 1, "replica": "east/gpt-x", "outcome": "failed",
                "class": "timeout", "key": null, "agent": null, "input_tokens": null, "output_tokens": null, "usage": null,
                "cost_usd": null, "first_token_ms": null, "duration_ms": null } ]
            """));

        assertThat(text)
                .containsPattern("dec_1#2 +west/gpt-x +delivered +k +- +~10 +~20 +0.00554 +620 ms +15.0 s")
                .containsPattern("dec_1#1 +east/gpt-x +timeout +- +- +- +- +- +- +-\\n");
    }

    @Test
    void sums_end_with_the_total_and_say_what_they_do_not_know() {
        String sums = """
            "calls": 3, "attempts": 5, "delivered": 2, "failed": 1, "abandoned": 1, "cancelled": 1, "unknown": 0, "input_tokens": 10,
            "cached_input_tokens": 4, "output_tokens": 20, "cost_usd": "0.005535", "unpriced_attempts": 2\
            """;
        String text = HistoryText.totals(
                Documents.parse("{ \"by\": \"agent\", \"more\": true, \"groups\": [ { \"agent\": null, " + sums
                        + " } ], \"total\": { " + sums + " } }"));

        assertThat(text)
                .startsWith("AGENT")
                .containsPattern("\\n- +3 +5 +3 +10 +4 +20 +0.00554 +2\\n")
                .containsPattern("total +3 +5 +3 ")
                .endsWith("There are more groups than are shown; the total is of all.\n");
    }

    @Test
    void nothing_is_said_in_words() {
        assertThat(HistoryText.rows(Documents.parse("[]"))).isEqualTo("No attempts.\n");
        assertThat(HistoryText.totals(Documents.parse("{\"by\":\"day\",\"groups\":[],\"total\":{},\"more\":false}")))
                .isEqualTo("No attempts.\n");
    }
}
