package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisResponseCacheIT {
    private final RedisProcess server = RedisProcess.start();
    private final RedisResponseCache one = cache("house");
    private final RedisResponseCache other = cache("house");
    private final RedisResponseCache stranger = cache("elsewhere");

    private RedisResponseCache cache(String prefix) {
        return new RedisResponseCache(RedisLink.open(new RedisOptions(server.url(), Duration.ofSeconds(10), prefix)));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        stranger.close();
        server.close();
    }

    @Test
    void instances_with_one_prefix_share_answers_for_their_time() {
        byte[] bytes = "data: {\"x\":\"ä\"}\n\n".getBytes(StandardCharsets.UTF_8);
        CachedAnswer answer = new CachedAnswer(
                List.of(
                        new ReplyEvent.Frame(bytes, ReplyEvent.Frame.Kind.SEMANTIC),
                        new ReplyEvent.Piece(new ChatEvent.TextDelta(0, "hi"))),
                TokenUsage.reported(3, 4));
        Answers.of(one.keep("k", answer, Duration.ofMinutes(1)));
        CachedAnswer found = Answers.of(other.find("k")).orElseThrow();

        assertThat(found.usage()).isEqualTo(answer.usage());
        assertThat(((ReplyEvent.Frame) found.events().getFirst()).bytes()).isEqualTo(bytes);
        assertThat(found.events().getLast()).isEqualTo(answer.events().getLast());
        assertThat(Answers.of(stranger.find("k"))).isEmpty();

        Answers.of(one.keep("short", answer, Duration.ofMillis(1)));
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (Answers.of(other.find("short")).isPresent() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(Answers.of(other.find("short"))).isEmpty();
    }

    @Test
    void a_server_that_is_gone_is_a_failure_and_no_answer() {
        assertThat(Answers.of(one.find("k"))).isEmpty();
        server.close();
        assertThatThrownBy(() -> one.find("k").toCompletableFuture().join()).isNotNull();
    }
}
