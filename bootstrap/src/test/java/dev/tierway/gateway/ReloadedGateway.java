package dev.tierway.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.bootstrap.reload.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A gateway on a file that tests write, and have read again. */
final class ReloadedGateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path file;
    final Gateway gateway;
    final HttpClient client = HttpClient.newHttpClient();

    ReloadedGateway(Path folder, String config, Map<String, String> environment) throws IOException {
        this.file = folder.resolve("tierway.yaml");
        Files.writeString(file, config);
        this.gateway = Gateway.start(
                GatewayConfig.load(file, environment), new ConfigFile(file, environment, UnaryOperator.identity()));
    }

    void write(String config) throws IOException {
        Files.writeString(file, config);
    }

    JsonNode reload() throws Exception {
        return JSON.readTree(admin("/admin/config/reload", "{\"author\":\"ann\",\"reason\":\"a test\"}")
                .body());
    }

    JsonNode reload(String config) throws Exception {
        write(config);
        return reload();
    }

    JsonNode rollback(long to) throws Exception {
        return JSON.readTree(
                admin("/admin/config/rollback", "{\"to\":" + to + "}").body());
    }

    JsonNode history() throws Exception {
        return JSON.readTree(admin("/admin/config/history")).path("generations");
    }

    HttpResponse<String> admin(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(adminUri(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String admin(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(adminUri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private URI adminUri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
    }

    HttpRequest chat(String model, boolean stream) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model + "\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
                .build();
    }

    /** A call that offers a tool. */
    HttpResponse<String> offer(String tool) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"" + tool
                                        + "\",\"parameters\":{\"type\":\"object\"}}}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> call(String model) throws Exception {
        return client.send(chat(model, false), HttpResponse.BodyHandlers.ofString());
    }

    /** How it was decided who answers, as the answer itself tells. */
    JsonNode decision(String model) throws Exception {
        HttpRequest explained = HttpRequest.newBuilder(chat(model, false), (name, value) -> true)
                .header("x-tierway-explain", "true")
                .build();
        return JSON.readTree(client.send(explained, HttpResponse.BodyHandlers.ofString())
                        .body())
                .at("/tierway/selection");
    }

    /** Which replica answers. */
    String replica(String model) throws Exception {
        HttpResponse<String> answer = call(model);
        return answer.statusCode() == 200
                ? answer.headers().firstValue("x-tierway-replica").orElse("?")
                : "HTTP " + answer.statusCode();
    }

    /** The value of a metric without labels, or with these. */
    double metric(String name) throws Exception {
        return admin("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
    }
}
