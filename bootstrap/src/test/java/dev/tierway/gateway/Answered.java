package dev.tierway.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All that came of a call's answer.
 *
 * @param whole whether the connection said that it was over, and was not just cut
 */
record Answered(int status, HttpHeaders headers, String body, boolean whole) {
    static Answered to(HttpRequest request, HttpClient client) throws IOException, InterruptedException {
        AtomicReference<HttpResponse.ResponseInfo> head = new AtomicReference<>();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        boolean whole = true;
        try {
            client.send(request, info -> {
                head.set(info);
                return HttpResponse.BodySubscribers.ofByteArrayConsumer(
                        bytes -> bytes.ifPresent(some -> seen.write(some, 0, some.length)));
            });
        } catch (IOException cut) {
            if (head.get() == null) {
                throw cut;
            }
            whole = false;
        }
        HttpResponse.ResponseInfo told = head.get();
        return new Answered(told.statusCode(), told.headers(), seen.toString(StandardCharsets.UTF_8), whole);
    }
}
