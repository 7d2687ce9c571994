package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import dev.tierway.bootstrap.cli.remote.Urls;
import dev.tierway.bootstrap.cli.show.DecisionText;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tierway decisions}. */
@Command(name = "decisions", description = "List a running gateway's decisions, the newest first, or show one whole.")
final class Decisions implements Callable<Integer> {
    private static final String PATH = "/v1/route/decisions";
    private static final int MOST = 20;
    /** As many as the gateway keeps in memory. */
    private static final int MOST_GROUPED = 10_000;

    private static final int PAGE = 200;

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    AdminOption admin = new AdminOption();

    @Mixin
    ApiOption api = new ApiOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The decision to show, e.g. dec_...")
    @Nullable
    String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "From then on: 15m, 2h, 1d, or 2026-01-31T12:00:00Z")
    @Nullable
    String since;

    @Option(
            names = "--failed",
            description = "Only calls that weren't answered, by their code and why the first candidate was refused")
    boolean failed;

    @Option(names = "--each", description = "With --failed: one line per call")
    boolean each;

    @Option(names = "--replay", description = "Decide again from the record alone, and compare; exit 1 if it differs")
    boolean replay;

    Decisions(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (id != null && (since != null || failed)) {
            throw Misuse.of(spec, "--since and --failed choose from a list: leave out the ID");
        }
        if (each && !failed) {
            throw Misuse.of(spec, "--each goes with --failed");
        }
        if (replay && id == null) {
            throw Misuse.of(spec, "--replay decides one call again: give its ID");
        }
        try (GatewayClient client = api.open(session.world(), admin)) {
            if (id != null && replay) {
                JsonNode decision = client.get(PATH + "/" + Urls.encoded(id) + "?replay=true");
                return ReplayedDecision.of(decision).show(session);
            }
            if (id != null) {
                JsonNode decision = client.get(PATH + "/" + Urls.encoded(id));
                session.show(decision, () -> DecisionText.of(decision, ""));
            } else if (failed && !each) {
                ArrayNode found = list(client, MOST_GROUPED);
                FailureGroups groups = new FailureGroups(found, found.size() == MOST_GROUPED);
                session.show(groups.document(), () -> groups.table(since));
            } else {
                ArrayNode found = list(client, MOST);
                session.show(found, () -> table(found));
            }
        }
        return 0;
    }

    /** Page after page, until there are enough. */
    private ArrayNode list(GatewayClient client, int most) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        String query = "?limit=" + (failed ? PAGE : MOST) + (since == null ? "" : "&since=" + Urls.encoded(since));
        JsonNode page = client.get(PATH + query);
        while (true) {
            for (JsonNode decision : page.path("data")) {
                if (found.size() < most && (!failed || isFailed(decision))) {
                    found.add(decision);
                }
            }
            JsonNode cursor = page.path("next_cursor");
            if (found.size() == most || Words.isUnknown(cursor)) {
                return found;
            }
            page = client.get(PATH + query + "&cursor=" + Urls.encoded(cursor.asText()));
        }
    }

    private static boolean isFailed(JsonNode decision) {
        return !decision.path("outcome").path("status").asText().equals("delivered");
    }

    private String table(ArrayNode found) {
        TextTable table = new TextTable("DECISION", "AT", "ASKED", "OUTCOME", ">HTTP", "REPLICA", ">ROUNDS", ">COST $");
        for (JsonNode decision : found) {
            JsonNode outcome = decision.path("outcome");
            table.row(
                    Words.text(decision.path("id")),
                    Words.text(decision.path("at")),
                    Words.text(decision.path("asked").path("address")),
                    Words.text(outcome.path("status")),
                    Words.text(outcome.path("http_status")),
                    Words.text(outcome.path("replica")),
                    String.valueOf(decision.path("rounds").size()),
                    Words.dollars(outcome.path("cost_usd")));
        }
        return table.isEmpty()
                ? "No decisions" + (failed ? " of calls that failed" : "") + (since == null ? "" : " since " + since)
                        + ".\n"
                : table.render("")
                        + (found.size() == MOST ? "The newest " + MOST + "; narrow with --since or --failed.\n" : "");
    }
}
