package dev.tierway.adapter.http.server;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers which request. Paths are compared as they are sent: no normalising, so no way around it. */
public final class RouteTable {
    private final List<Endpoint> endpoints;
    private final Map<String, List<Endpoint>> exact = new HashMap<>();
    private final List<Endpoint> withRest;
    private final Function<String, @Nullable HttpProblem> otherwise;

    /** @param otherwise what is said about a path no endpoint has; null for the usual 404 */
    public RouteTable(List<Endpoint> endpoints, Function<String, @Nullable HttpProblem> otherwise) {
        this.endpoints = List.copyOf(endpoints);
        this.withRest = endpoints.stream().filter(Endpoint::takesRest).toList();
        this.otherwise = otherwise;
        for (Endpoint endpoint : endpoints) {
            if (!endpoint.takesRest()) {
                exact.computeIfAbsent(endpoint.path(), k -> new ArrayList<>(1)).add(endpoint);
            }
        }
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** @throws HttpProblem 404, 405, or what {@code otherwise} says */
    Endpoint find(HttpMethod method, @Nullable String path) {
        if (path == null) {
            throw HttpProblem.of(400, "invalid_request", "The request line has no path.");
        }
        List<Endpoint> there = at(path);
        for (Endpoint endpoint : there) {
            if (endpoint.answers(method)) {
                return endpoint;
            }
        }
        if (!there.isEmpty()) {
            throw HttpProblem.methodNotAllowed(path, method.name(), allowed(there));
        }
        HttpProblem other = otherwise.apply(path);
        throw other != null ? other : notFound(method, path);
    }

    /** How whoever calls that path expects errors, right method or not. */
    ErrorShape errors(@Nullable String path) {
        List<Endpoint> there = path == null ? List.of() : at(path);
        return there.isEmpty() ? ErrorShape.OPENAI : there.getFirst().errors();
    }

    /** Whether those who don't say who they are may ask for that path. */
    boolean open(@Nullable String path) {
        List<Endpoint> there = path == null ? List.of() : at(path);
        return !there.isEmpty() && there.stream().allMatch(Endpoint::open);
    }

    private List<Endpoint> at(String path) {
        List<Endpoint> there = exact.get(path);
        if (there != null) {
            return there;
        }
        return withRest.stream()
                .filter(e -> path.length() > e.prefix().length() && path.startsWith(e.prefix()))
                .toList();
    }

    private static String allowed(List<Endpoint> there) {
        return there.stream().map(e -> e.method().name()).distinct().collect(Collectors.joining(", "));
    }

    private HttpProblem notFound(HttpMethod method, String path) {
        List<String> paths = endpoints.stream().map(Endpoint::path).toList();
        String hint = paths.contains("/v1" + path)
                ? " Did you mean /v1" + path + "?"
                : Suggestion.closest(path, paths)
                        .map(p -> " Did you mean " + p + "?")
                        .orElse("");
        return HttpProblem.of(404, "not_found", "There is no " + method + " " + path + " here." + hint);
    }
}
