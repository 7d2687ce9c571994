package dev.tierway.adapter.http.server;

import io.vertx.core.http.HttpMethod;
import java.util.function.Consumer;

/**
 * One entry of a route table.
 *
 * @param path exact, or ending in {@code /{id}}, which stands for all that follows, slashes included
 * @param whileDraining whether it still answers when no new work is taken
 * @param open whether it answers those who don't say who they are
 * @param errors how its clients expect errors
 */
public record Endpoint(
        HttpMethod method,
        String path,
        boolean whileDraining,
        boolean open,
        ErrorShape errors,
        Consumer<Exchange> handler) {
    private static final String REST = "{id}";

    public static Endpoint get(String path, Consumer<Exchange> handler) {
        return new Endpoint(HttpMethod.GET, path, false, false, ErrorShape.OPENAI, handler);
    }

    public static Endpoint post(String path, Consumer<Exchange> handler) {
        return new Endpoint(HttpMethod.POST, path, false, false, ErrorShape.OPENAI, handler);
    }

    public Endpoint evenWhileDraining() {
        return new Endpoint(method, path, true, open, errors, handler);
    }

    public Endpoint toAnybody() {
        return new Endpoint(method, path, whileDraining, true, errors, handler);
    }

    public Endpoint withErrors(ErrorShape shape) {
        return new Endpoint(method, path, whileDraining, open, shape, handler);
    }

    boolean takesRest() {
        return path.endsWith(REST);
    }

    /** The part before the rest; the whole path if there is none. */
    String prefix() {
        return takesRest() ? path.substring(0, path.length() - REST.length()) : path;
    }

    boolean answers(HttpMethod asked) {
        return method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
    }

    /** As documentation writes it. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
