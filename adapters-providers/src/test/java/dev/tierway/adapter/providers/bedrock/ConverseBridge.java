package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a transport that speaks Converse and a simulated server that doesn't: requests and replies are put into the
 * other dialect, and whatever is broken stays as broken as it was.
 */
public final class ConverseBridge implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kept: a client that nobody holds closes its connections. */
    private final NetClient client;

    private final int target;
    private final NetServer server;
    private volatile String lastRequest = "";

    public ConverseBridge(Vertx vertx, int target) throws Exception {
        this.client = vertx.createNetClient();
        this.target = target;
        this.server = vertx.createNetServer().connectHandler(socket -> new Caller(socket).begin());
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Head and body of the last request that was read to its end. */
    public String lastRequest() {
        return lastRequest;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }

    private final class Caller {
        private final NetSocket socket;
        private Buffer read = Buffer.buffer();

        Caller(NetSocket socket) {
            this.socket = socket;
        }

        void begin() {
            socket.exceptionHandler(broken -> {});
            socket.handler(bytes -> {
                read.appendBuffer(bytes);
                String text = read.toString(StandardCharsets.ISO_8859_1);
                int end = text.indexOf("\r\n\r\n");
                int length = end < 0 ? -1 : contentLength(text.substring(0, end));
                if (end >= 0 && read.length() >= end + 4 + length) {
                    String head = text.substring(0, end);
                    byte[] body = read.getBytes(end + 4, end + 4 + length);
                    read = read.getBuffer(end + 4 + length, read.length());
                    lastRequest = head + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8);
                    forward(head, body);
                }
            });
        }

        private int contentLength(String head) {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    return Integer.parseInt(line.substring(15).strip());
                }
            }
            return 0;
        }

        private void forward(String head, byte[] body) {
            boolean stream = head.startsWith("POST /model/upstream-model/converse-stream ");
            byte[] translated;
            try {
                translated = JSON.writeValueAsBytes(BridgeRequests.toOpenAi(JSON.readTree(body), stream));
            } catch (IOException e) {
                throw new IllegalStateException("not a Converse request", e);
            }
            client.connect(target, "127.0.0.1")
                    .onSuccess(upstream -> {
                        BridgeReply reply = new BridgeReply(bytes -> socket.write(Buffer.buffer(bytes)), stream);
                        upstream.exceptionHandler(broken -> {});
                        upstream.handler(bytes -> {
                            reply.bytes(bytes.getBytes());
                            if (socket.writeQueueFull()) {
                                upstream.pause();
                                socket.drainHandler(nothing -> upstream.resume());
                            }
                            if (reply.isWhole()) {
                                upstream.close();
                            }
                        });
                        upstream.closeHandler(nothing -> {
                            if (!reply.isWhole()) {
                                socket.close();
                            }
                        });
                        socket.closeHandler(nothing -> upstream.close());
                        upstream.write(Buffer.buffer("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: "
                                        + translated.length + "\r\n\r\n")
                                .appendBytes(translated));
                    })
                    .onFailure(refused -> socket.close());
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static JsonNode read(byte[] bytes) throws IOException {
        return JSON.readTree(bytes);
    }
}
