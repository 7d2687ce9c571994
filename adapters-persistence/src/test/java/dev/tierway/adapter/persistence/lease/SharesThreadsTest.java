package dev.tierway.adapter.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.application.port.out.QuotaStore;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Many threads on instances whose store answers on a thread of its own. */
class SharesThreadsTest {
    private final ExecutorService answering = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        answering.shutdown();
    }

    @RepeatedTest(5)
    void threads_keep_to_the_limit_and_account_for_all_of_it() throws Exception {
        ManualClock clock = new ManualClock();
        MemoryQuotaStore memory =
                new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, Duration.ofMinutes(11), (memo, estimate) -> {});
        QuotaStore later = later(memory);

        SharesTrial.run(List.of(later, later, later), memory);
        assertThat(memory.open()).isZero();
    }

    /** Answers as the other does, on another thread; isn't closed. */
    private QuotaStore later(QuotaStore store) {
        return (QuotaStore) Proxy.newProxyInstance(
                QuotaStore.class.getClassLoader(),
                new Class<?>[] {QuotaStore.class},
                (proxy, method, args) -> method.getName().equals("close")
                        ? null
                        : CompletableFuture.supplyAsync(() -> invoked(store, method, args), answering)
                                .thenCompose(answer -> answer));
    }

    @SuppressWarnings("unchecked")
    private static CompletionStage<Object> invoked(QuotaStore store, Method method, Object[] args) {
        try {
            return (CompletionStage<Object>) method.invoke(store, args);
        } catch (ReflectiveOperationException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
