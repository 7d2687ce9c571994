package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.bootstrap.cli.show.Words;
import dev.tierway.domain.catalogue.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway call}. */
@Command(
        name = "call",
        description = "Call a model and print its answer; where it came from, and why, goes to standard error.")
final class Call implements Callable<Integer> {
    private final Session session;

    @Mixin
    AddressOption address = new AddressOption();

    @Mixin
    AdminOption admin = new AdminOption();

    @Mixin
    ApiOption api = new ApiOption();

    @Mixin
    Asking asking = new Asking();

    @Option(names = "--stream", description = "Print the answer as it comes")
    boolean stream;

    Call(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Target target = address.target();
        String text = asking.text();
        try (Calls calls = asking.open(session, admin, api)) {
            if (address.tier == null) {
                asking.requireMeant(address, calls.explain(target, text, null));
            }
            Chat.Answer answer = stream ? calls.stream(target, text, this::piece) : calls.call(target, text);
            show(answer);
            return 0;
        }
    }

    private void piece(String text) {
        if (session.isTable()) {
            session.out().print(text);
            session.out().flush();
        }
    }

    private void show(Chat.Answer answer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("text", answer.text());
        json.set("decision", answer.decision());
        session.show(json, () -> stream ? "\n" : answer.text() + "\n");
        if (session.isTable()) {
            String id = Words.text(answer.decision().path("id"));
            session.remark("tierway: " + Words.text(answer.decision().path("summary")) + " [" + id + "]");
        }
    }
}
