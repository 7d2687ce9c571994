package dev.tierway.bootstrap.discovery;

import java.util.ArrayList;
import java.util.List;

/** Where servers usually listen, and how each is asked. Several share a port: what answers tells them apart. */
enum ServerKind {
    OLLAMA("ollama", 11434),
    LM_STUDIO("lm-studio", 1234),
    SGLANG("sglang", 30000),
    JAN("jan", 1337),
    VLLM("vllm", 8000),
    LLAMA_CPP("llama-cpp", 8080),
    LOCALAI("localai", 8080);

    /** A place to look at. */
    record Place(ServerKind usual, int port) {}

    private final String id;
    private final int port;

    ServerKind(String id, int port) {
        this.id = id;
        this.port = port;
    }

    String id() {
        return id;
    }

    /** Each port once; the three of the last rows are served on either of theirs. */
    static List<Place> usualPlaces() {
        List<Place> places = new ArrayList<>();
        for (ServerKind kind : values()) {
            if (places.stream().noneMatch(place -> place.port() == kind.port)) {
                places.add(new Place(kind, kind.port));
            }
        }
        return places;
    }
}
