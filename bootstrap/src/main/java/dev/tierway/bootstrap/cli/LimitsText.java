package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What those who call have left of their limits, for people. */
final class LimitsText {
    private LimitsText() {}

    static String of(JsonNode quota) {
        TextTable table =
                new TextTable("BUDGET", "FOR", "COUNTS", ">USED", ">LEFT", ">OF", ">USED %", "WHOLE AT", "STATE");
        quota.path("limits").forEach(one -> table.row(row(one)));
        StringBuilder text = new StringBuilder(
                table.isEmpty() ? "No budget limits those who call, or none has counted yet.\n" : table.render(""));
        int leftOut = quota.path("limits_left_out").asInt();
        if (leftOut > 0) {
            text.append("and ").append(leftOut).append(" more, of names that called longer ago.\n");
        }
        String problem = Words.text(quota.path("limits_problem"));
        if (!problem.equals(Words.UNKNOWN)) {
            text.append("What is used isn't known: ").append(problem).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(JsonNode one) {
        boolean money = one.path("counts").asText().equals("usd");
        String suffix = money ? "_usd" : "";
        return List.of(
                Words.text(one.path("rule")),
                owner(one),
                counts(one, money),
                Words.text(one.path("used" + suffix)),
                Words.text(one.path("left" + suffix)),
                Words.text(one.path("limit" + suffix)),
                Words.percent(one.path("used_share")),
                Words.text(one.path("resets_at")),
                state(one));
    }

    private static String owner(JsonNode one) {
        String owner = one.path("owner").asText();
        if (owner.equals("gateway")) {
            return "all calls";
        }
        String tag =
                Words.isUnknown(one.path("tag")) ? "" : " " + one.path("tag").asText() + "=";
        String name = one.path("others").asBoolean()
                ? "all beyond 10,000"
                : one.path("name").asText();
        String key = Words.isUnknown(one.path("key"))
                ? ""
                : " of key " + one.path("key").asText();
        return owner + (tag.isEmpty() ? " " : tag) + name + key;
    }

    private static String counts(JsonNode one, boolean money) {
        String period = Words.text(one.path("period"));
        if (money) {
            return period.equals("total") ? "USD in total" : "USD per " + period;
        }
        String what = one.path("counts").asText().replace('-', ' ');
        return Words.isUnknown(one.path("window_millis"))
                ? "calls at once"
                : what + " per " + window(one.path("window_millis").asLong());
    }

    private static String window(long millis) {
        return millis == 60_000
                ? "minute"
                : millis == 3_600_000 ? "hour" : millis == 86_400_000 ? "day" : Words.span(millis);
    }

    private static String state(JsonNode one) {
        List<String> words = new ArrayList<>();
        words.add(one.path("state").asText().replace('_', ' '));
        if (!one.path("enforced").asBoolean()) {
            words.add("not enforced");
        }
        JsonNode weight = one.path("price_weight");
        if (!Words.isUnknown(weight)) {
            words.add(
                    weight.asDouble() <= 1
                            ? "on pace"
                            : String.format(Locale.ROOT, "price weighs %.1fx", weight.asDouble()));
        }
        return String.join(", ", words);
    }
}
