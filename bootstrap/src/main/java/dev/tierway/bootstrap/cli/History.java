package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import dev.tierway.bootstrap.cli.remote.Urls;
import dev.tierway.bootstrap.cli.show.Format;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tierway history}. */
@Command(
        name = "history",
        description =
                "List a running gateway's attempts with what they used and cost, the newest first, or add them up.")
final class History implements Callable<Integer> {
    private static final int MOST = 20;
    private static final int PAGE = 1000;

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    AdminOption admin = new AdminOption();

    @Mixin
    HistoryFilter filter = new HistoryFilter();

    @Option(names = "--limit", paramLabel = "N", description = "That many at most; default: 20, and with csv all")
    @Nullable
    Integer limit;

    @Option(
            names = "--totals",
            paramLabel = "BY",
            description = "What they come to, by model, replica, provider, key, agent, workflow, user or day (of UTC)")
    @Nullable
    String totals;

    History(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit != null && limit < 1) {
            throw Misuse.of(spec, "--limit is at least 1");
        }
        if (totals != null && limit != null) {
            throw Misuse.of(spec, "--totals adds all of them up: leave out --limit, narrow with --since");
        }
        try (GatewayClient client = admin.open(session.world())) {
            if (session.format() == Format.CSV) {
                client.copy(limit == null ? path("format=csv") : path("format=csv", "limit=" + limit), session.out());
                session.out().flush();
            } else if (totals != null) {
                JsonNode spend = client.get(path());
                session.show(spend, () -> HistoryText.totals(spend));
            } else {
                ArrayNode found = list(client, limit == null ? MOST : limit);
                session.show(found, () -> HistoryText.rows(found) + remark(found));
            }
        }
        return ExitCode.OK;
    }

    private String path(String... more) {
        List<String> parameters = new ArrayList<>(filter.parameters());
        parameters.addAll(List.of(more));
        if (totals == null) {
            return "/admin/history?" + String.join("&", parameters);
        }
        parameters.add("by=" + Urls.encoded(totals));
        return "/admin/spend?" + String.join("&", parameters);
    }

    /** Page after page, until there are enough. */
    private ArrayNode list(GatewayClient client, int most) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        String cursor = "";
        while (true) {
            String size = "limit=" + Math.min(PAGE, most - found.size());
            JsonNode page = client.get(cursor.isEmpty() ? path(size) : path(size, "cursor=" + Urls.encoded(cursor)));
            page.path("data").forEach(found::add);
            JsonNode next = page.path("next_cursor");
            if (found.size() >= most || Words.isUnknown(next)) {
                return found;
            }
            cursor = next.asText();
        }
    }

    private String remark(ArrayNode found) {
        return limit == null && found.size() == MOST
                ? "The newest " + MOST + "; more with --limit, all with --format csv, sums with --totals model.\n"
                : "";
    }
}
