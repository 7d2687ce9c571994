package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /admin/history} and {@code GET /admin/spend}. */
final class HistoryHandler {
    static final List<String> FILTERS = filters();
    static final List<String> PARAMETERS = with(FILTERS, "format", "limit", "cursor");
    static final List<String> PARAMETERS_OF_SPEND = with(FILTERS, "by", "format");
    private static final int DEFAULT_LIMIT = 100;

    private final QueryHistory history;
    private final WallClock clock;

    HistoryHandler(QueryHistory history, WallClock clock) {
        this.history = history;
        this.clock = clock;
    }

    private static List<String> filters() {
        List<String> names = new ArrayList<>(List.of("since", "until", "outcome", "tag"));
        Arrays.stream(LedgerField.values()).map(LedgerField::id).forEach(names::add);
        return List.copyOf(names);
    }

    private static List<String> with(List<String> filters, String... more) {
        List<String> names = new ArrayList<>(filters);
        names.addAll(List.of(more));
        return List.copyOf(names);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/admin/history", this::history).evenWhileDraining(),
                Endpoint.get("/admin/spend", this::spend).evenWhileDraining());
    }

    private void history(Exchange exchange) {
        QueryString params = QueryString.of(exchange, PARAMETERS);
        LedgerQuery query = query(params);
        String cursor = params.text("cursor");
        String format = params.text("format");
        switch (format == null ? "json" : format) {
            case "json" ->
                answer(
                        exchange,
                        history.history(query, params.number("limit", 1, QueryHistory.MOST, DEFAULT_LIMIT), cursor),
                        page -> exchange.json(200, page(page)));
            case "csv" -> export(exchange, query, HistoryExport.Format.CSV, params);
            case "jsonl" -> export(exchange, query, HistoryExport.Format.JSONL, params);
            default -> throw wrong("format", "json, jsonl or csv");
        }
    }

    /** All of it, unless a limit is given. */
    private void export(Exchange exchange, LedgerQuery query, HistoryExport.Format format, QueryString params) {
        int given = params.number("limit", 1, Integer.MAX_VALUE, 0);
        new HistoryExport(exchange, history, query, format, given == 0 ? Long.MAX_VALUE : given)
                .start(params.text("cursor"));
    }

    private static Map<String, @Nullable Object> page(LedgerPage page) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("data", page.rows().stream().map(HistoryColumns::json).toList());
        json.put("next_cursor", page.next() == null ? null : page.next().toString());
        return json;
    }

    private void spend(Exchange exchange) {
        QueryString params = QueryString.of(exchange, PARAMETERS_OF_SPEND);
        LedgerQuery query = query(params);
        LedgerGroup by = one(params, "by", LedgerGroup.values(), LedgerGroup::id);
        LedgerGroup group = by == null ? LedgerGroup.MODEL : by;
        String format = params.text("format");
        switch (format == null ? "json" : format) {
            case "json" ->
                answer(
                        exchange,
                        history.spend(query, group),
                        totals -> exchange.json(200, spend(totals, group, query)));
            case "csv" ->
                answer(exchange, history.spend(query, group), totals -> {
                    exchange.head(200, "text/csv; charset=utf-8; header=present");
                    exchange.send(csv(totals, group).getBytes(StandardCharsets.UTF_8));
                });
            default -> throw wrong("format", "json or csv");
        }
    }

    private static Map<String, @Nullable Object> spend(LedgerTotals totals, LedgerGroup by, LedgerQuery query) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("by", by.id());
        json.put("since", time(query.sinceEpochMillis()));
        json.put("until", time(query.untilEpochMillis()));
        json.put("total", HistoryColumns.json(totals.all()));
        json.put(
                "groups",
                totals.groups().stream().map(group -> group(group, by)).toList());
        json.put("more", totals.more());
        return json;
    }

    private static Map<String, @Nullable Object> group(LedgerTotals.Group group, LedgerGroup by) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(by.id(), group.name());
        json.putAll(HistoryColumns.json(group.totals()));
        return json;
    }

    private static String csv(LedgerTotals totals, LedgerGroup by) {
        List<String> names = new ArrayList<>(List.of(by.id()));
        names.addAll(HistoryColumns.json(totals.all()).keySet());
        StringBuilder csv = new StringBuilder(Csv.line(names));
        totals.groups()
                .forEach(group ->
                        csv.append(Csv.line(new ArrayList<>(group(group, by).values()))));
        return csv.toString();
    }

    private static @Nullable String time(@Nullable Long epochMillis) {
        return epochMillis == null ? null : Instant.ofEpochMilli(epochMillis).toString();
    }

    private LedgerQuery query(QueryString params) {
        long now = clock.epochMillis();
        LedgerQuery query = LedgerQuery.ALL
                .since(params.epochMillis("since", now))
                .until(params.epochMillis("until", now))
                .outcome(one(params, "outcome", AttemptOutcome.values(), AttemptOutcome::id));
        for (LedgerField field : LedgerField.values()) {
            String value = params.text(field.id());
            query = value == null ? query : query.where(field, value);
        }
        String tag = params.text("tag");
        if (tag == null) {
            return query;
        }
        int equals = tag.indexOf('=');
        if (equals < 1) {
            throw wrong("tag", "a tag's name and value, like team=search");
        }
        return query.tag(tag.substring(0, equals), tag.substring(equals + 1));
    }

    private static <E> @Nullable E one(QueryString params, String name, E[] values, Function<E, String> id) {
        String asked = params.text(name);
        if (asked == null) {
            return null;
        }
        String lower = asked.toLowerCase(Locale.ROOT);
        return Arrays.stream(values)
                .filter(value -> id.apply(value).equals(lower))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "one of "
                                + String.join(
                                        ", ", Arrays.stream(values).map(id).toList())));
    }

    private static HttpProblem wrong(String name, String expected) {
        return HttpProblem.invalid("The query parameter '" + name + "' must be " + expected + ".", name);
    }

    /** Goes on with what a store answers, back on the request's own event loop. */
    private static <T> void answer(Exchange exchange, CompletionStage<T> stage, Consumer<T> then) {
        Future.fromCompletionStage(stage, exchange.context())
                .onSuccess(value -> exchange.guarded(() -> then.accept(value)))
                .onFailure(exchange::fail);
    }
}
