package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tierway keys create}. */
@Command(
        name = "create",
        description = {
            "Make an API key, and print its secret: this once, for it is kept nowhere.",
            "Other instances that share the storage know it within seconds."
        })
final class KeysCreate implements Callable<Integer> {
    private static final List<String> ALLOWED = List.of("tier", "model", "replica", "tag");
    private static final String TAG = "tag.";

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ID", description = "Its name, for ever: e.g. search-team")
    String id = "";

    @Option(
            names = "--scopes",
            split = ",",
            paramLabel = "SCOPE",
            description = "What it is for, with commas: call, explain, read, admin; default: call")
    List<String> scopes = List.of();

    @Option(
            names = "--allow",
            paramLabel = "KIND=NAME",
            description =
                    "What it may use; again for more: tier=mid, model=ID, replica=ID, tag=NAME; default: everything")
    List<String> allow = List.of();

    @Option(
            names = "--fix",
            paramLabel = "OPTION=VALUE",
            description = "An option all its calls have; again for more: local, agent, workflow, user, tag.NAME")
    Map<String, String> fixed = Map.of();

    @Option(
            names = "--limit",
            paramLabel = "LIMIT=N",
            description = "Most that all its calls together may use; again for more: e.g. requests-per-minute=600")
    Map<String, Long> limits = Map.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Operate.SpanConverter.class,
            description = "It expires after that time, e.g. 90d; default: never")
    @Nullable
    String lasting;

    @Option(names = "--note", paramLabel = "TEXT", description = "Whose it is and what for, for colleagues")
    @Nullable
    String note;

    @Mixin
    SecretOption secret = new SecretOption();

    @Mixin
    AdminOption admin = new AdminOption();

    KeysCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Keys.body(session, id);
        if (!scopes.isEmpty()) {
            scopes.forEach(body.putArray("scopes")::add);
        }
        if (!allow.isEmpty()) {
            ObjectNode lists = body.putObject("allow");
            allow.forEach(one -> allow(lists, one));
        }
        if (!fixed.isEmpty()) {
            fix(body.putObject("fixed"));
        }
        if (!limits.isEmpty()) {
            limits.forEach(body.putObject("limits")::put);
        }
        if (lasting != null) {
            body.put("for", lasting);
        }
        if (note != null) {
            body.put("note", note);
        }
        secret.put(body, session);
        return Keys.receipt(session, admin, "/admin/keys", body);
    }

    private void allow(ObjectNode lists, String one) {
        int equals = one.indexOf('=');
        String kind = equals < 0 ? one : one.substring(0, equals);
        if (!ALLOWED.contains(kind) || equals == one.length() - 1) {
            throw Misuse.of(spec, "--allow '" + one + "': write one of tier=, model=, replica=, tag= and a name");
        }
        lists.withArray(kind + "s").add(one.substring(equals + 1));
    }

    private void fix(ObjectNode body) {
        fixed.forEach((option, value) -> {
            if (option.startsWith(TAG)) {
                body.withObject("/tags").put(option.substring(TAG.length()), value);
            } else {
                body.put(option, value);
            }
        });
    }
}
