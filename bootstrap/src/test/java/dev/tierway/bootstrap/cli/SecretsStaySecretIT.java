package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.gateway.Heard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway whose every secret is a canary, before vendors that quote all they are sent; then everything that comes out of
 * it is searched: answers of both ports with their headers, metrics, logs, events, traces, files, what commands print.
 */
final class SecretsStaySecretIT {
    private static final List<String> KINDS = List.of("openai-compatible", "anthropic", "gemini");
    private static final String WORD = "canary";
    private static final String ADMIN_TOKEN = "canary-admin-token-91";
    private static final String API_KEY = "canary-api-key-of-file-92";
    private static final String SIGNING =
            Base64.getEncoder().encodeToString("canary-0123456789abcdef012345678".getBytes(StandardCharsets.US_ASCII));
    private static final String BODY = "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":9,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    /** What came out, by where. */
    private static final Map<String, String> OUT = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static QuotingVendors vendors;
    private static Gateway gateway;
    private static HttpClient client;
    private static String made;

    @BeforeAll
    static void useEverything() throws Exception {
        vendors = new QuotingVendors();
        client = HttpClient.newHttpClient();
        Path file = Files.writeString(folder.resolve("tierway.yaml"), config());
        StringBuffer events = new StringBuffer();
        try (Heard heard = Heard.listening()) {
            gateway = Gateway.start(GatewayConfig.load(file, Map.of()));
            listen(events);
            askAll();
            strangers();
            awaitEvents(events);
            pages();
            commands();
            OUT.put("GET /admin/events", events.toString());
            gateway.close();
            unreachableStores();
            OUT.put("log", String.join("\n", heard.lines()));
        }
        try (Stream<Path> files = Files.list(folder)) {
            // The lock is an empty file.
            for (Path one : files.filter(
                            path -> !path.equals(file) && !path.toString().endsWith("-lock"))
                    .toList()) {
                OUT.put(one.getFileName().toString(), new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1));
            }
        }
        OUT.put("traces", String.join("\n", vendors.traces()));
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        vendors.close();
    }

    private static String config() {
        StringBuilder providers = new StringBuilder("providers:\n");
        StringBuilder models = new StringBuilder("models:\n");
        for (String kind : KINDS) {
            for (int status : QuotingVendors.STATUSES) {
                String id = kind + "-" + status;
                providers.append(
                        "  - { id: %s, kind: %s, base-url: \"%s\", api-key: canary-vendor-%s, headers: { x-extra: canary-header-%s } }\n"
                                .formatted(id, kind, vendors.url(status + "/" + kind), id, id));
                models.append(
                        "  - { id: %s, tier: mid, use-cases: [chat], max-output-tokens: 100, replicas: [ { provider: %s } ] }\n"
                                .formatted(id, id));
            }
        }
        providers.append("""
              - { id: good, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
              - id: proxied
                kind: openai-compatible
                base-url: "https://vendor.example/v1"
                api-key: canary-vendor-proxied
                connection: { proxy: { url: "http://127.0.0.1:1", user: u, password: canary-proxy-password } }
            """);
        models.append("""
              - { id: good, tier: small, use-cases: [chat], capabilities: [tools], replicas: [ { provider: good } ] }
              - { id: proxied, tier: mid, use-cases: [chat], replicas: [ { provider: proxied } ] }
            """);
        return providers
                + models.toString()
                + """
                auth:
                  mode: keys
                  admin-token: %s
                  pepper: canary-pepper-0123456789-0123456789
                  previous-pepper: canary-previous-pepper-0123456789
                  keys: [ { id: file, secret: %s, scopes: [call, explain, read] } ]
                storage: { ledger: { store: sqlite, path: "%s" } }
                events: { webhooks: [ { id: hook, url: "%s", secret: "whsec_%s", retries: 0 } ] }
                observability: { traces: { endpoint: "%s", headers: { x-collector-key: canary-collector } } }
                plugins: [ { name: headers, config: { x-team: blue } } ]
                server: { port: 0, admin: { port: 0 } }
                """.formatted(
                                ADMIN_TOKEN,
                                API_KEY,
                                folder.resolve("tierway.db"),
                                vendors.url("500/hook"),
                                SIGNING,
                                vendors.url("collector"));
    }

    private static URI api(String path) {
        return URI.create("http://127.0.0.1:" + gateway.apiPort() + path);
    }

    private static URI admin(String path) {
        return URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
    }

    private static HttpResponse<String> send(String what, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        OUT.put(what, response.statusCode() + " " + response.headers().map() + "\n" + response.body());
        return response;
    }

    private static HttpRequest.Builder as(String key, URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json");
    }

    private static void listen(StringBuffer events) {
        var unused = client.sendAsync(as(ADMIN_TOKEN, admin("/admin/events")).build(), BodyHandlers.ofInputStream())
                .thenAccept(response -> Thread.startVirtualThread(() -> copy(response.body(), events)));
    }

    private static void copy(InputStream from, StringBuffer to) {
        try (from) {
            for (int b = from.read(); b >= 0; b = from.read()) {
                to.append((char) b);
            }
        } catch (IOException ended) {
            to.append('\n');
        }
    }

    private static void awaitEvents(StringBuffer events) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while ((events.indexOf("request.failed") < 0
                        || vendors.quoted().stream().noneMatch(q -> q.contains("500/hook")))
                && System.nanoTime() < deadline) {
            client.send(HttpRequest.newBuilder(api("/livez")).build(), BodyHandlers.discarding());
        }
    }

    /** Good and failing calls, whole and streamed, in two formats; keys of the file and one that is made. */
    private static void askAll() throws Exception {
        HttpResponse<String> created = client.send(
                as(ADMIN_TOKEN, admin("/admin/keys"))
                        .POST(BodyPublishers.ofString("{\"id\":\"made\",\"scopes\":[\"call\",\"explain\",\"read\"]}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        made = Documents.parse(created.body()).path("secret").asText();
        assertThat(made).startsWith("sk-tw-");
        List<String> models = Stream.concat(
                        Stream.of("good", "proxied"),
                        KINDS.stream()
                                .flatMap(
                                        kind -> QuotingVendors.STATUSES.stream().map(status -> kind + "-" + status)))
                .toList();
        for (String model : models) {
            for (boolean stream : new boolean[] {false, true}) {
                String key = stream ? made : API_KEY;
                HttpResponse<String> reply = send(
                        model + " " + stream,
                        as(key, api("/v1/chat/completions"))
                                .POST(BodyPublishers.ofString(BODY.formatted(model, stream))));
                String decision =
                        reply.headers().firstValue("x-tierway-decision").orElseThrow();
                send("decision of " + model + " " + stream, as(key, api("/v1/route/decisions/" + decision)));
            }
            send(
                    "message to " + model,
                    as(made, api("/v1/messages")).POST(BodyPublishers.ofString(BODY.formatted(model, false))));
        }
        send(
                "explain",
                as(API_KEY, api("/v1/route/explain")).POST(BodyPublishers.ofString(BODY.formatted("good", false))));
        for (String path : List.of(
                "/v1/models",
                "/v1/capabilities",
                "/v1/route/decisions?limit=1000",
                "/readyz",
                "/livez",
                "/openapi.json")) {
            send("GET " + path, as(API_KEY, api(path)));
        }
    }

    /** What strangers send by mistake is nobody's business either. */
    private static void strangers() throws Exception {
        String body = BODY.formatted("good", false);
        send("wrong key", as("canary-strangers-key", api("/v1/models")));
        send("wrong admin token", as("canary-strangers-token", admin("/admin/fleet")));
        send("key in the address", HttpRequest.newBuilder(api("/v1/models?api_key=canary-in-address")));
        send(
                "key in the body",
                as(API_KEY, api("/v1/chat/completions"))
                        .POST(BodyPublishers.ofString("{\"api_key\": canary-in-body" + body)));
        send(
                "key as an option",
                as(API_KEY, api("/v1/chat/completions"))
                        .header("x-tierway-strategy", "x")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static void pages() throws Exception {
        JsonNode document = Documents.parse(
                send("openapi", as(ADMIN_TOKEN, admin("/openapi.json"))).body());
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (path.getValue().has("get") && !path.getKey().equals("/admin/events")) {
                send("GET " + path.getKey(), as(ADMIN_TOKEN, admin(path.getKey())));
            } else if (path.getValue().has("post")) {
                send(
                        "POST " + path.getKey(),
                        as(ADMIN_TOKEN, admin(path.getKey())).POST(BodyPublishers.ofString("{}")));
            }
        }
    }

    private static void commands() {
        Terminal terminal = new Terminal(folder)
                .with("TIERWAY_URL", "http://127.0.0.1:" + gateway.adminPort())
                .with("TIERWAY_ADMIN_TOKEN", ADMIN_TOKEN);
        for (String line : List.of(
                "status",
                "status --format json",
                "decisions --since 1h",
                "decisions --failed",
                "history",
                "quota",
                "providers",
                "providers --format json",
                "config-history --format json",
                "keys list",
                "reload",
                "validate tierway.yaml",
                "doctor --config tierway.yaml",
                "explain --config tierway.yaml --model good hi")) {
            Terminal.Result result = terminal.type(line);
            OUT.put("tierway " + line, result.out() + "\n" + result.err());
        }
    }

    /** Stores that can't be reached: their addresses hold passwords. */
    private static void unreachableStores() {
        String base = """
            providers: [ { id: p, kind: simulated } ]
            models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p } ] } ]
            server: { port: 0, admin: { port: 0 } }
            """;
        for (String storage : List.of(
                "storage: { ledger: { store: memory }, quota: { store: redis, url:"
                        + " \"redis://u:canary-redis-password@127.0.0.1:1\" } }\n",
                "storage: { ledger: { store: postgresql, url:"
                        + " \"postgresql://u:canary-postgres-password@127.0.0.1:1/db\" } }\n")) {
            try (Gateway started = Gateway.start(GatewayConfig.parse(base + storage, Map.of()))) {
                OUT.put(storage.substring(0, 60), "started on port " + started.apiPort());
            } catch (RuntimeException refused) {
                OUT.put(
                        storage.substring(0, 60),
                        ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(
                                new ch.qos.logback.classic.spi.ThrowableProxy(refused)));
            }
        }
    }

    @Test
    void the_secrets_were_used_and_quoted() {
        String quoted = String.join("\n", vendors.quoted());
        assertThat(KINDS)
                .allSatisfy(kind -> assertThat(quoted)
                        .contains("canary-vendor-" + kind + "-401", "canary-header-" + kind + "-500"));
        assertThat(quoted).contains("X-team blue", "canary-collector", "500/hook");
        assertThat(vendors.traces()).isNotEmpty();
        assertThat(OUT.values()).anyMatch(text -> text.contains("[redacted]"));
    }

    @Test
    void all_that_can_say_something_said_something() {
        assertThat(OUT)
                .hasSizeGreaterThan(100)
                .containsKeys("log", "tierway.db", "traces", "GET /metrics", "GET /admin/config");
        assertThat(OUT.get("GET /admin/events")).contains("request.failed");
        assertThat(OUT.entrySet().stream()
                        .filter(out -> out.getValue().isBlank())
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @Test
    void no_output_holds_a_secret() {
        List<String> leaks = OUT.entrySet().stream()
                .flatMap(out -> Stream.of(WORD, made, SIGNING)
                        .filter(secret -> out.getValue().contains(secret))
                        .map(secret -> out.getKey() + ": " + around(out.getValue(), secret)))
                .toList();
        assertThat(leaks).isEmpty();
    }

    private static String around(String text, String secret) {
        int at = text.indexOf(secret);
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 40));
    }
}
