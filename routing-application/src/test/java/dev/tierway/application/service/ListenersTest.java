package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.CallIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static final CallIdentity CALL = new CallIdentity("call", "req", "test", 0, 0, Map.of());

    @Test
    void one_that_throws_is_reported_and_does_not_silence_the_others() {
        Recorded broken = new Recorded();
        broken.breaks();
        Recorded sound = new Recorded();

        new Listeners(List.of(broken, sound)).started(CALL);

        assertThat(sound.started).containsExactly(CALL);
        assertThat(sound.internalErrors).hasSize(1);
    }

    @Test
    void one_that_throws_at_the_report_too_is_told_to_its_thread() throws InterruptedException {
        RoutingListener hopeless = new RoutingListener() {
            @Override
            public void internalError(String callId, Throwable error) {
                throw new IllegalStateException("hopeless");
            }
        };
        Recorded sound = new Recorded();
        List<Throwable> uncaught = new ArrayList<>();
        Thread thread = new Thread(() ->
                new Listeners(List.of(hopeless, sound)).internalError("call", new IllegalArgumentException("first")));
        thread.setUncaughtExceptionHandler((one, error) -> uncaught.add(error));

        thread.start();
        thread.join();

        assertThat(sound.internalErrors).hasSize(1);
        assertThat(uncaught)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .hasMessage("hopeless")
                        .hasSuppressedException(new IllegalArgumentException("first")));
    }
}
