package dev.tierway.bootstrap.config;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Configurations for tests. */
final class Configs {
    /** What the placeholders of the good configurations stand for; each secret is a canary. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "VENDOR_KEY", "canary-vendor-key",
            "TEAM_HEADER", "canary-team-header",
            "PROXY_PASSWORD", "canary-proxy-password",
            "ADMIN_TOKEN", "canary-admin-token",
            "PEPPER", "canary-pepper-0123456789abcdef-0123456789",
            "PREVIOUS_PEPPER", "canary-pepper-before-0123456789abcdef",
            "SEARCH_KEY", "canary-key-of-the-search-team",
            "WEBHOOK_SECRET", "whsec_Y2FuYXJ5LXdlYmhvb2stc2VjcmV0LTAxMjM0NTY3ODk=",
            "PORT", "9000",
            "PRICES",
                    Committed.path("src/test/resources/dev/tierway/prices/small.json")
                            .toAbsolutePath()
                            .toString());

    static final String SMALLEST = """
        providers: [{ id: p, kind: simulated }]
        models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
        """;

    private Configs() {}

    static String everything() {
        return Committed.read("src/test/resources/dev/tierway/config/good/everything.yaml");
    }

    static String postgresql() {
        return Committed.read("src/test/resources/dev/tierway/config/good/postgresql.yaml");
    }

    static String sharedLimits() {
        return Committed.read("src/test/resources/dev/tierway/config/good/shared-limits.yaml");
    }

    static GatewayConfig parsed(String text) {
        return GatewayConfig.parse(text, ENVIRONMENT);
    }

    /** {@link #SMALLEST} with more lines, from line 3 on. */
    static List<String> problemsOf(String more) {
        return problemsIn(SMALLEST + more);
    }

    static List<String> problemsIn(String text) {
        return GatewayConfig.validate(text, ENVIRONMENT).stream()
                .map(ConfigProblem::toString)
                .map(problem -> problem.replaceFirst("^configuration:", ""))
                .toList();
    }

    static Stream<Path> files(String kind) {
        try (Stream<Path> files = Files.list(Committed.path("src/test/resources/dev/tierway/config/" + kind))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
