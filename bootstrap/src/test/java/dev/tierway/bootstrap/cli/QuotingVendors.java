package dev.tierway.bootstrap.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Far ends that refuse everything and quote every header they were sent, in headers and body. What status they answer is
 * the first part of the path; {@code 200} is an error under that status, {@code 302} leads to a place that names the key.
 */
final class QuotingVendors implements AutoCloseable {
    static final List<Integer> STATUSES = List.of(200, 302, 400, 401, 429, 500);

    private final Queue<String> quoted = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    QuotingVendors() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::refuse);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** All that was sent here in headers. */
    List<String> quoted() {
        return List.copyOf(quoted);
    }

    /** All spans that were sent here. */
    List<String> traces() {
        return List.copyOf(traces);
    }

    private void refuse(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/v1/traces")) {
            traces.add(new String(asked, StandardCharsets.UTF_8));
        }
        StringBuilder words = new StringBuilder("you sent ");
        exchange.getRequestHeaders()
                .forEach((name, values) -> words.append(name)
                        .append(' ')
                        .append(String.join(" ", values))
                        .append("; "));
        words.append(exchange.getRequestURI());
        String all = words.toString().replace("\"", "'");
        quoted.add(all);
        int status = path.matches("/\\d{3}/.*") ? Integer.parseInt(path.substring(1, 4)) : 500;
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.getResponseHeaders().set("x-you-sent", all);
        exchange.getResponseHeaders().set("x-request-id", all);
        exchange.getResponseHeaders().set("retry-after", status == 429 ? all : "1");
        if (status == 302) {
            exchange.getResponseHeaders().set("location", url("302/again?" + all.replaceAll("[^A-Za-z0-9-]", "")));
        }
        byte[] body = ("{\"type\":\"error\",\"message\":\"" + all + "\",\"error\":{\"type\":\"" + all + "\",\"code\":\""
                        + all + "\",\"param\":\"" + all + "\",\"message\":\"" + all + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
