package dev.tierway.bootstrap.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One port looked at. Whoever answers there is asked who it is before what it serves. */
final class ServerLook {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Each is asked about on its own, one after another: more would take longer than anybody waits. */
    private static final int MOST_ASKED_ABOUT = 32;

    private final HttpClient http;
    private final URI root;
    private final ServerKind usual;
    private final long deadlineNanos;
    private boolean ours;

    ServerLook(HttpClient http, URI root, ServerKind usual, long deadlineNanos) {
        this.http = http;
        this.root = root;
        this.usual = usual;
        this.deadlineNanos = deadlineNanos;
    }

    Optional<FoundServer> found() throws IOException, InterruptedException {
        JsonNode tags = usual == ServerKind.OLLAMA ? get("/api/tags") : MissingNode.getInstance();
        if (tags.path("models").isArray()) {
            return Optional.of(ollama(tags));
        }
        JsonNode studio = usual == ServerKind.LM_STUDIO ? get("/api/v0/models") : MissingNode.getInstance();
        JsonNode list = get("/v1/models");
        if (ours || !list.path("data").isArray()) {
            return Optional.empty();
        }
        ServerKind kind = who(list);
        JsonNode props = kind == ServerKind.LLAMA_CPP ? get("/props") : MissingNode.getInstance();
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode model : list.path("data")) {
            String id = model.path("id").asText("");
            if (!id.isEmpty()) {
                models.add(ModelFacts.compatible(id, model, entry(studio, id), props));
            }
        }
        return Optional.of(new FoundServer(kind.id(), root.resolve("/v1"), models));
    }

    private FoundServer ollama(JsonNode tags) throws InterruptedException {
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode tag : tags.path("models")) {
            String name = tag.path("name").asText("");
            if (!name.isEmpty()) {
                JsonNode shown = models.size() < MOST_ASKED_ABOUT ? show(name) : MissingNode.getInstance();
                models.add(ModelFacts.ollama(name, tag, shown));
            }
        }
        return new FoundServer(usual.id(), root, models);
    }

    /** By what it says of its models' owner. */
    private ServerKind who(JsonNode list) {
        return switch (list.path("data").path(0).path("owned_by").asText("")) {
            case "vllm" -> ServerKind.VLLM;
            case "sglang" -> ServerKind.SGLANG;
            case "llamacpp" -> ServerKind.LLAMA_CPP;
            case "localai" -> ServerKind.LOCALAI;
            default -> usual;
        };
    }

    private static JsonNode entry(JsonNode list, String id) {
        for (JsonNode one : list.path("data")) {
            if (one.path("id").asText("").equals(id)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    /** What the server tells of one model; nothing if it doesn't, or too late. */
    private JsonNode show(String model) throws InterruptedException {
        String body = JSON.createObjectNode().put("model", model).toString();
        try {
            return answer(request("/api/show").POST(HttpRequest.BodyPublishers.ofString(body)));
        } catch (IOException silent) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        long left = Math.max(1, deadlineNanos - System.nanoTime());
        return HttpRequest.newBuilder(root.resolve(path))
                .header("content-type", "application/json")
                .timeout(Duration.ofNanos(left));
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        ours |= response.headers().firstValue("via").orElse("").contains("tierway");
        return response.statusCode() == 200 && !ours ? read(response.body()) : MissingNode.getInstance();
    }

    private static JsonNode read(byte[] body) throws IOException {
        try {
            @Nullable JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException somethingElse) {
            return MissingNode.getInstance();
        }
    }
}
