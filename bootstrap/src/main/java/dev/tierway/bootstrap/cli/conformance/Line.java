package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import java.time.Duration;

/** Calls one replica, by the library, until a case's time is up. */
final class Line {
    private final Tierway tierway;
    private final Subject subject;
    private final long endNanos;

    Line(Tierway tierway, Subject subject, Duration time) {
        this.tierway = tierway;
        this.subject = subject;
        this.endNanos = System.nanoTime() + time.toNanos();
    }

    Subject subject() {
        return subject;
    }

    ChatResponse call(ChatRequest.Builder request) {
        return tierway.call(target(), small(request), options()).response();
    }

    ChatStream stream(ChatRequest.Builder request) {
        return tierway.stream(target(), small(request), options());
    }

    EmbeddingResponse embed(EmbeddingRequest request) {
        return tierway.embed(target(), request, options()).response();
    }

    private Target target() {
        return Target.replica(subject.id());
    }

    private ChatRequest small(ChatRequest.Builder request) {
        return request.maxOutputTokens(subject.cap()).build();
    }

    private CallOptions options() {
        Duration left = Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
        return CallOptions.builder().deadline(left).build();
    }
}
