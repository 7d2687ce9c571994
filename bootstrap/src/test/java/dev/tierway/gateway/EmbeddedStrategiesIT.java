package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Situation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strategies that a jar on the class path brings. */
class EmbeddedStrategiesIT {
    private static final String CONFIG = """
        providers: [{ id: east, kind: simulated }, { id: west, kind: simulated }]
        models:
          - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: east }, { provider: west }] }
        routing: { strategy: %s, own-strategies: [brought-last, brought-broken] }
        """;

    @TempDir
    Path jar;

    /** The candidate declared last. */
    public static final class Last implements RankingStrategy {
        @Override
        public Strategy id() {
            return new Strategy("brought-last");
        }

        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return Pick.of(eligible.getLast(), 1);
        }
    }

    /** One that never knows. */
    public static final class Broken implements RankingStrategy {
        @Override
        public Strategy id() {
            return new Strategy("brought-broken");
        }

        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            throw new IllegalStateException("no idea");
        }
    }

    /** Opens it as if the jar were on the class path. */
    private Tierway open(String strategy, RoutingListener listener) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(RankingStrategy.class.getName()),
                Last.class.getName() + "\n" + Broken.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withJar = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(withJar);
            return Tierway.builder()
                    .config(CONFIG.formatted(strategy))
                    .listener(listener)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void a_strategy_of_the_service_loader_ranks() throws IOException {
        try (Tierway tierway = open("brought-last", new RoutingListener() {})) {
            for (int n = 0; n < 5; n++) {
                var routed = tierway.call(Target.parse("m"), ChatRequest.of("hello"), CallOptions.NONE);
                assertThat(routed.response().text()).contains("west");
                assertThat(routed.selection().policy().strategy().id()).isEqualTo(new Strategy("brought-last"));
            }
        }
    }

    @Test
    void one_that_throws_loses_no_call_and_is_told_once() throws IOException {
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        RoutingListener listener = new RoutingListener() {
            @Override
            public void internalError(String callId, Throwable error) {
                errors.add(error);
            }
        };
        try (Tierway tierway = open("brought-broken", listener)) {
            for (int n = 0; n < 5; n++) {
                assertThat(tierway.call(Target.parse("m"), ChatRequest.of("hello"), CallOptions.NONE)
                                .response()
                                .text())
                        .isNotEmpty();
            }
        }
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
