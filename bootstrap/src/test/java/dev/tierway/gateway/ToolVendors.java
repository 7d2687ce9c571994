package dev.tierway.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Ollama and Cohere: the model calls the tool it is offered, once, and then says what it read. */
final class ToolVendors implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    ToolVendors() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            asked.add(request);
            boolean ollama = exchange.getRequestURI().getPath().equals("/api/chat");
            boolean stream = request.path("stream").asBoolean();
            String result = null;
            for (JsonNode message : request.path("messages")) {
                JsonNode content = message.path("content");
                if (message.path("role").asText().equals("tool")) {
                    result = content.isTextual()
                            ? content.asText()
                            : content.findPath("text").asText(content.toString());
                }
            }
            byte[] reply = (ollama ? ollama(stream, result) : cohere(stream, result)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add(
                            "content-type",
                            !stream ? "application/json" : ollama ? "application/x-ndjson" : "text/event-stream");
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String ollama(boolean stream, String result) {
        String message = result == null
                ? "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"weather\","
                        + "\"arguments\":{\"city\":\"Bern\"}}}]}"
                : "{\"role\":\"assistant\",\"content\":\"it is " + result + "\"}";
        String end = "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":3}\n";
        return stream
                ? "{\"model\":\"q\",\"message\":" + message + ",\"done\":false}\n"
                        + "{\"model\":\"q\",\"message\":{\"role\":\"assistant\",\"content\":\"\"}," + end
                : "{\"model\":\"q\",\"message\":" + message + "," + end;
    }

    private static String cohere(boolean stream, String result) {
        String usage = "\"usage\":{\"billed_units\":{\"input_tokens\":7,\"output_tokens\":3}}";
        String reason = "\"finish_reason\":\"" + (result == null ? "TOOL_CALL" : "COMPLETE") + "\",";
        String call = "{\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                + "\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"}}";
        String text = "it is " + result;
        if (!stream) {
            return "{\"id\":\"r\"," + reason + "\"message\":{\"role\":\"assistant\","
                    + (result == null
                            ? "\"tool_calls\":[" + call + "]"
                            : "\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]")
                    + "}," + usage + "}";
        }
        String piece = result == null
                ? "data: {\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":" + call
                        + "}}}\n\n"
                : "data: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\""
                        + text + "\"}}}}\n\n";
        return "data: {\"type\":\"message-start\",\"id\":\"r\"}\n\n" + piece
                + "data: {\"type\":\"message-end\",\"delta\":{" + reason + usage + "}}\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
