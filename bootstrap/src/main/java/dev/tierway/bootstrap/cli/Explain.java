package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.DecisionText;
import dev.tierway.domain.catalogue.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tierway explain}. */
@Command(name = "explain", description = "Show who would answer a call and why, and who would not; calls nobody.")
final class Explain implements Callable<Integer> {
    private final Session session;

    @Mixin
    AddressOption address = new AddressOption();

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
            JsonNode decision = calls.explain(target, text);
            asking.requireMeant(address, decision);
            session.show(decision, () -> DecisionText.of(decision, ""));
            return 0;
        }
    }
}
