package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway quota}. */
@Command(
        name = "quota",
        description =
                "Show what is left of budgets and other limits of callers, the one nearest to its end first, and of"
                        + " replicas' limits, the one with the least headroom first.")
final class Quota implements Callable<Integer> {
    private final Session session;

    @Mixin
    AdminOption admin = new AdminOption();

    @Option(
            names = "--provider",
            paramLabel = "ID",
            description = "How that provider is used instead: speed, errors, limits, what its account has left")
    @Nullable
    String provider;

    Quota(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (GatewayClient client = admin.open(session.world())) {
            if (provider == null) {
                JsonNode quota = client.get("/admin/quota");
                session.show(quota, () -> QuotaText.of(quota));
            } else {
                JsonNode usage =
                        client.get("/admin/usage?provider=" + URLEncoder.encode(provider, StandardCharsets.UTF_8));
                session.show(usage, () -> UsageText.of(usage));
            }
        }
        return 0;
    }
}
