package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;

/** How a provider is used, for people. */
final class UsageText {
    private UsageText() {}

    static String of(JsonNode usage) {
        TextTable table = new TextTable("PROVIDER", Words.text(usage.path("provider")))
                .row("status", Words.text(usage.path("status")))
                .row("calls", Words.text(usage.path("calls")))
                .row("errors", Words.text(usage.path("errors")))
                .row("error rate", Words.percent(usage.path("error_rate")))
                .row("in flight", Words.text(usage.path("in_flight")))
                .row("first token", Words.span(usage.path("ttft_millis")))
                .row("per token", Words.span(usage.path("millis_per_token")))
                .row("last used", ago(usage.path("last_used_ago_millis")))
                .row("circuit", circuit(usage))
                .row("requests left", Words.text(usage.path("remaining_requests")))
                .row("tokens left", tokens(usage))
                .row("calls that may begin", Words.text(usage.path("remaining_concurrency")));
        return table.render("") + "\n" + QuotaText.windows(usage.path("windows")) + account(usage.path("account"));
    }

    private static String circuit(JsonNode usage) {
        JsonNode until = usage.path("circuit_until_millis");
        JsonNode cooling = usage.path("cooling_down_millis");
        return Words.text(usage.path("circuit")).replace('_', ' ')
                + (Words.isUnknown(until) ? "" : " " + Words.span(until))
                + (Words.isUnknown(cooling) ? "" : ", cooling " + Words.span(cooling));
    }

    private static String tokens(JsonNode usage) {
        JsonNode input = usage.path("remaining_input_tokens");
        JsonNode output = usage.path("remaining_output_tokens");
        return Words.text(usage.path("remaining_tokens"))
                + (Words.isUnknown(input) ? "" : ", input " + input.asText())
                + (Words.isUnknown(output) ? "" : ", output " + output.asText());
    }

    private static String ago(JsonNode millis) {
        return Words.isUnknown(millis) ? "never" : Words.span(millis) + " ago";
    }

    private static String account(JsonNode account) {
        if (Words.isUnknown(account)) {
            return "\nIts account isn't asked for: usage-probe.\n";
        }
        TextTable balances = new TextTable("ACCOUNT", ">REMAINING", ">LIMIT", ">USED");
        account.path("balances")
                .forEach(balance -> balances.row(
                        Words.text(balance.path("currency")),
                        Words.text(balance.path("remaining")),
                        Words.text(balance.path("limit")),
                        Words.text(balance.path("used"))));
        JsonNode failure = account.path("failure");
        return "\n" + (balances.isEmpty() ? "" : balances.render(""))
                + "told " + ago(account.path("told_ago_millis"))
                + (account.path("usable").asBoolean(true) ? "" : "; the vendor serves no calls with it")
                + (Words.isUnknown(failure) ? "" : "; the last probe failed: " + failure.asText())
                + "\n";
    }
}
