package dev.tierway.bootstrap.demo;

import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import dev.tierway.bootstrap.cli.remote.RemoteFailure;
import dev.tierway.bootstrap.cli.show.DecisionText;
import dev.tierway.bootstrap.cli.show.Lines;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes the demo's calls through the API port, shows each with its decision, and checks that it went as it should. */
public final class Tour {
    private static final String INDENT = "   ";
    private static final int WIDTH = 98;

    private final DemoGateway gateway;
    private final PrintWriter out;
    private final UnaryOperator<String> emphasis;

    /**
     * @param out where it is shown while it happens
     * @param emphasis of headings
     */
    public Tour(DemoGateway gateway, PrintWriter out, UnaryOperator<String> emphasis) {
        this.gateway = gateway;
        this.out = out;
        this.emphasis = emphasis;
    }

    /**
     * What came of it.
     *
     * @param document one entry per call
     * @param failures what wasn't as it should be, in words
     */
    public record Outcome(List<Map<String, Object>> document, List<String> failures) {}

    public Outcome run() {
        List<Map<String, Object>> document = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (GatewayClient client = GatewayClient.api(gateway.api())) {
            Chat chat = new Chat(client);
            int number = 1;
            for (Step step : Step.all()) {
                out.println();
                out.println(emphasis.apply(number++ + ". " + step.title()));
                out.println();
                try {
                    Chat.Answer answer = make(step, chat);
                    step.unmet(answer).forEach(words -> failures.add(step.address() + ": expected that " + words));
                    document.add(document(step, answer));
                } catch (RemoteFailure failed) {
                    failures.add(step.address() + ": " + failed.getMessage());
                    out.print(Lines.wrap("failed: " + failed.getMessage(), INDENT, INDENT, WIDTH));
                }
                out.flush();
            }
        }
        return new Outcome(List.copyOf(document), List.copyOf(failures));
    }

    private Chat.Answer make(Step step, Chat chat) {
        out.println(INDENT + "> " + step.address() + ": " + step.prompt());
        Chat.Answer answer;
        if (step.stream()) {
            PieceWriter pieces = new PieceWriter(out, INDENT + "< ", INDENT + "  ", WIDTH);
            answer = chat.stream(step.address(), step.prompt(), step.seed(), pieces::piece);
            pieces.end();
        } else {
            answer = chat.call(step.address(), step.prompt(), step.seed());
            out.print(Lines.wrap(answer.text(), INDENT + "< ", INDENT + "  ", WIDTH));
        }
        out.println();
        out.print(DecisionText.of(answer.decision(), INDENT));
        out.println();
        out.println(INDENT + step.curl(gateway.api()));
        out.println(INDENT + step.java());
        return answer;
    }

    private static Map<String, Object> document(Step step, Chat.Answer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", step.title());
        json.put("address", step.address());
        json.put("prompt", step.prompt());
        json.put("stream", step.stream());
        json.put("chunks", answer.chunks());
        json.put("text", answer.text());
        json.put("unmet", step.unmet(answer));
        json.put("decision", answer.decision());
        return json;
    }
}
