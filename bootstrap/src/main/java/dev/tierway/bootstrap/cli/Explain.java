package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.DecisionText;
import dev.tierway.domain.catalogue.Target;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway explain}. */
@Command(name = "explain", description = "Show who would answer a call and why, and who would not; calls nobody.")
final class Explain implements Callable<Integer> {
    private final Session session;

    @Mixin
    AddressOption address = new AddressOption();

    @Option(
            names = "--why-not",
            paramLabel = "REPLICA",
            description = "Also say why that one isn't first, and the least that would put it there")
    @Nullable
    String whyNot;

    @Mixin
    AdminOption admin = new AdminOption();

    @Mixin
    ApiOption api = new ApiOption();

    @Mixin
    Asking asking = new Asking();

    Explain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Target target = address.target();
        String text = asking.text();
        try (Calls calls = asking.open(session, admin, api)) {
            JsonNode decision = calls.explain(target, text, whyNot);
            asking.requireMeant(address, decision);
            session.show(decision, () -> DecisionText.of(decision, ""));
            return 0;
        }
    }
}
