package dev.tierway.bootstrap.discovery;

import java.net.URI;
import java.util.List;

/**
 * A server found.
 *
 * @param kind what a configuration calls it: {@code ollama} or a preset's name
 * @param models what it serves, in its order; empty if none is loaded
 */
public record FoundServer(String kind, URI baseUrl, List<FoundModel> models) {
    public FoundServer {
        models = List.copyOf(models);
    }
}
