package dev.tierway.bootstrap.cli;

import dev.tierway.application.port.in.ProviderFacts;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.config.ProviderKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code tierway providers}. */
@Command(
        name = "providers",
        description = "List the kinds of providers and presets, with what can't be said to each. Asks nobody.")
final class Providers implements Callable<Integer> {
    private final Session session;

    Providers(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<ProviderFacts> kinds = ProviderKinds.all();
        session.show(kinds.stream().map(Providers::document).toList(), () -> table(kinds));
        return 0;
    }

    private static String table(List<ProviderFacts> kinds) {
        TextTable table = new TextTable("KIND", "NAME", "KEY FROM", "WHERE", "LACKS");
        kinds.forEach(one -> table.row(
                one.kind(),
                one.name(),
                one.keyVariable() == null ? "-" : one.keyVariable(),
                one.baseUrl() == null ? "-" : one.baseUrl(),
                one.lacks().isEmpty() ? "-" : String.valueOf(one.lacks().size())));
        return table.render("")
                + "LACKS counts what can't be said to it: `--format yaml` names it, docs/reference/providers.md too.\n";
    }

    private static Map<String, @Nullable Object> document(ProviderFacts facts) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", facts.kind());
        json.put("name", facts.name());
        json.put("preset", facts.preset());
        json.put("local", facts.local());
        json.put("base_url", facts.baseUrl());
        json.put("auth", facts.auth());
        json.put("key_variable", facts.keyVariable());
        json.put("formats", facts.dialect().formats());
        json.put("lacks", facts.lacks());
        json.put("source", facts.source());
        json.put("read_on", facts.readOn());
        return json;
    }
}
