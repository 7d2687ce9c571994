package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.HttpProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endpoints of OpenAI's and Anthropic's APIs that this gateway doesn't have: clients are told so, not "not found". */
final class UnsupportedEndpoints {
    static final List<String> PREFIXES = List.of(
            "/v1/assistants",
            "/v1/audio",
            "/v1/batches",
            "/v1/chat/completions/",
            "/v1/completions/",
            "/v1/containers",
            "/v1/conversations",
            "/v1/embeddings/",
            "/v1/evals",
            "/v1/files",
            "/v1/fine_tuning",
            "/v1/images",
            "/v1/messages/",
            "/v1/moderations",
            "/v1/organization",
            "/v1/realtime",
            "/v1/responses/",
            "/v1/threads",
            "/v1/uploads",
            "/v1/vector_stores",
            "/v1/videos");

    private UnsupportedEndpoints() {}

    /** What to say of a path, if it is one of theirs. */
    static @Nullable HttpProblem problem(String path) {
        for (String prefix : PREFIXES) {
            boolean below = prefix.endsWith("/") ? path.startsWith(prefix) : path.startsWith(prefix + "/");
            if (below || path.equals(prefix)) {
                return HttpProblem.of(
                        501,
                        "unsupported_endpoint",
                        path + " is not served by this gateway; POST /v1/chat/completions and /v1/messages are.");
            }
        }
        return null;
    }
}
