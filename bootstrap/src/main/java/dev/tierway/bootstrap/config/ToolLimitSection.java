package dev.tierway.bootstrap.config;

import dev.tierway.application.toolaccess.ToolLimit;
import dev.tierway.application.toolaccess.ToolPattern;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code agents.tools.limits[]}. */
final class ToolLimitSection {
    private static final long MOST = 1_000_000_000_000L;

    static final Key<String> ID = Key.required(
            "id", Scalars.name("a limit's id", text -> text), "Under which usage is kept: another id begins at zero.");
    static final Key<String> TOOL =
            Key.required("tool", Scalars.TEXT, "A tool's name; with `*`, all that it matches are counted together.");
    static final Key<Boolean> PER_AGENT = Key.optional(
                    "per-agent",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: each agent has a count of its own, within its API key.")
            .or("false");
    static final Map<Key<Long>, Duration> RATES = rates();

    static final Section<ToolLimit> SECTION = Section.of(
            "tool-limit", "How often tools may be used. Needs one of the rates.", keys(), ToolLimitSection::limit);

    private ToolLimitSection() {}

    private static Map<Key<Long>, Duration> rates() {
        Map<Key<Long>, Duration> rates = new LinkedHashMap<>();
        Map<String, Duration> windows = new LinkedHashMap<>();
        windows.put("minute", Duration.ofMinutes(1));
        windows.put("hour", Duration.ofHours(1));
        windows.put("day", Duration.ofDays(1));
        windows.forEach((word, window) -> rates.put(
                Key.optional("uses-per-" + word, Quantities.count(1, MOST), "Most uses per " + word + ".")
                        .absentMeans("unlimited"),
                window));
        return rates;
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(ID, TOOL, PER_AGENT));
        keys.addAll(RATES.keySet());
        return keys;
    }

    private static ToolLimit limit(Values v) {
        List<Limit> limits = new ArrayList<>();
        RATES.forEach((key, window) -> {
            Long amount = v.get(key);
            if (amount != null) {
                limits.add(Limit.per(Dimension.REQUESTS, amount, window));
            }
        });
        if (limits.isEmpty() && RATES.keySet().stream().noneMatch(v::has)) {
            throw new Unfit("has no limit", "add at least one, e.g. uses-per-minute: 30");
        }
        return new ToolLimit(v.value(ID), new ToolPattern(v.value(TOOL)), v.value(PER_AGENT), limits);
    }
}
