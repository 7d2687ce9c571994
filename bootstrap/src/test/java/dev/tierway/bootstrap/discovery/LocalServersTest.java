package dev.tierway.bootstrap.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tierway.bootstrap.discovery.ServerKind.Place;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalServersTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    /** @param replies by path; {@code path?word} counts if the request's body holds the word */
    private int serving(Map<String, String> replies, String via) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        servers.add(server);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String reply = replies.get(path);
            for (Map.Entry<String, String> one : replies.entrySet()) {
                if (one.getKey().startsWith(path + "?")
                        && body.contains(one.getKey().substring(path.length() + 1))) {
                    reply = one.getValue();
                }
            }
            byte[] bytes = (reply == null ? "nothing here" : reply).getBytes(StandardCharsets.UTF_8);
            if (!via.isEmpty()) {
                exchange.getResponseHeaders().add("via", via);
            }
            exchange.sendResponseHeaders(reply == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    private static List<FoundServer> find(Place... places) throws InterruptedException {
        return new LocalServers("127.0.0.1", List.of(places), PATIENT).find();
    }

    @Test
    void an_ollama_is_found_with_what_it_tells_of_its_models() throws Exception {
        int port = serving(
                Map.of(
                        "/api/tags",
                        "{\"models\":[{\"name\":\"qwen3:8b\",\"details\":{\"parameter_size\":\"8.2B\"}},"
                                + "{\"name\":\"nomic-embed-text:latest\",\"details\":{\"parameter_size\":\"137M\"}},"
                                + "{\"name\":\"mystery:latest\",\"details\":{}}]}",
                        "/api/show?qwen3",
                        "{\"capabilities\":[\"completion\",\"tools\",\"thinking\",\"new\"],\"model_info\":"
                                + "{\"general.architecture\":\"qwen3\",\"qwen3.context_length\":40960}}",
                        "/api/show?nomic",
                        "{\"capabilities\":[\"embedding\"],\"model_info\":{\"nomic-bert.context_length\":2048}}"),
                "");

        List<FoundServer> found = find(new Place(ServerKind.OLLAMA, port));

        assertThat(found)
                .containsExactly(new FoundServer(
                        "ollama",
                        URI.create("http://127.0.0.1:" + port),
                        List.of(
                                new FoundModel(
                                        "qwen3:8b",
                                        ModelTier.SMALL,
                                        40_960,
                                        Set.of(Capability.TOOLS, Capability.JSON, Capability.REASONING),
                                        false),
                                new FoundModel(
                                        "nomic-embed-text:latest",
                                        ModelTier.MICRO,
                                        2_048,
                                        Set.of(Capability.EMBEDDINGS),
                                        true),
                                new FoundModel("mystery:latest", null, null, Set.of(Capability.JSON), false))));
    }

    @Test
    void a_vllm_tells_its_window_whatever_port_it_is_at() throws Exception {
        int port = serving(
                Map.of(
                        "/v1/models",
                        "{\"object\":\"list\",\"data\":[{\"id\":\"Qwen/Qwen3-32B\",\"owned_by\":\"vllm\","
                                + "\"max_model_len\":32768}]}"),
                "");

        assertThat(find(new Place(ServerKind.LLAMA_CPP, port)))
                .containsExactly(new FoundServer(
                        "vllm",
                        URI.create("http://127.0.0.1:" + port + "/v1"),
                        List.of(new FoundModel("Qwen/Qwen3-32B", ModelTier.MID, 32_768, Set.of(), false))));
    }

    @Test
    void a_llama_cpp_tells_its_window_and_what_it_sees() throws Exception {
        int port = serving(
                Map.of(
                        "/v1/models",
                        "{\"data\":[{\"id\":\"gemma.gguf\",\"owned_by\":\"llamacpp\",\"meta\":"
                                + "{\"n_params\":4299915632,\"n_ctx_train\":131072}}]}",
                        "/props",
                        "{\"default_generation_settings\":{\"n_ctx\":8192},\"modalities\":{\"vision\":true}}"),
                "");

        assertThat(find(new Place(ServerKind.VLLM, port)).getFirst().models())
                .containsExactly(
                        new FoundModel("gemma.gguf", ModelTier.SMALL, 8_192, Set.of(Capability.VISION), false));
    }

    @Test
    void an_lm_studio_tells_kinds_windows_and_tools() throws Exception {
        int port = serving(
                Map.of(
                        "/v1/models",
                        "{\"data\":[{\"id\":\"qwen2-vl-7b-instruct\"},{\"id\":\"text-embedding-nomic\"}]}",
                        "/api/v0/models",
                        "{\"data\":[{\"id\":\"qwen2-vl-7b-instruct\",\"type\":\"vlm\",\"max_context_length\":32768,"
                                + "\"capabilities\":[\"tool_use\"]},{\"id\":\"text-embedding-nomic\","
                                + "\"type\":\"embeddings\",\"max_context_length\":2048}]}"),
                "");

        FoundServer found = find(new Place(ServerKind.LM_STUDIO, port)).getFirst();

        assertThat(found.kind()).isEqualTo("lm-studio");
        assertThat(found.models())
                .containsExactly(
                        new FoundModel(
                                "qwen2-vl-7b-instruct",
                                ModelTier.SMALL,
                                32_768,
                                Set.of(Capability.TOOLS, Capability.VISION),
                                false),
                        new FoundModel("text-embedding-nomic", null, 2_048, Set.of(Capability.EMBEDDINGS), true));
    }

    @Test
    void our_own_gateway_is_not_a_server_of_models() throws Exception {
        int port = serving(Map.of("/v1/models", "{\"data\":[{\"id\":\"m-7b\"}]}"), "1.1 tierway");

        assertThat(find(new Place(ServerKind.VLLM, port))).isEmpty();
    }

    @Test
    void whoever_speaks_otherwise_or_is_not_there_is_passed_over_in_silence() throws Exception {
        int page = serving(Map.of("/v1/models", "<html>hello</html>"), "");
        int other = serving(Map.of("/v1/models", "{\"models\":[]}"), "");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(find(
                        new Place(ServerKind.VLLM, page),
                        new Place(ServerKind.JAN, other),
                        new Place(ServerKind.OLLAMA, free)))
                .isEmpty();
    }

    @Test
    void who_never_answers_keeps_nobody_waiting() throws Exception {
        int good = serving(Map.of("/v1/models", "{\"data\":[]}"), "");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<FoundServer> found = new LocalServers(
                            "127.0.0.1",
                            List.of(
                                    new Place(ServerKind.VLLM, silent.getLocalPort()),
                                    new Place(ServerKind.SGLANG, good)),
                            Duration.ofSeconds(2))
                    .find();

            assertThat(found).extracting(FoundServer::kind).containsExactly("sglang");
        }
    }

    @Test
    void each_usual_port_is_looked_at_once() {
        assertThat(ServerKind.usualPlaces())
                .extracting(Place::port)
                .containsExactly(11434, 1234, 30000, 1337, 8000, 8080);
    }
}
