package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredentialCacheTest {
    private static final long HOUR = 3_600_000;
    private static Vertx vertx;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final AtomicInteger fetched = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private CredentialCache<String> cache(Callable<Lease<String>> source) {
        return new CredentialCache<>(vertx, now::get, () -> {
            try {
                return source.call();
            } finally {
                done.release();
            }
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Lease<String> next(long lifetime) {
        return new Lease<>("token-" + fetched.incrementAndGet(), now.get() + lifetime);
    }

    @Test
    void many_who_ask_at_once_wait_for_one_fetch_off_the_event_loop() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CredentialCache<String> cache = cache(() -> {
            assertThat(io.vertx.core.Context.isOnEventLoopThread()).isFalse();
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            return next(HOUR);
        });
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(cache.get());
        }
        assertThat(asked).noneMatch(Future::isComplete);
        go.countDown();
        for (Future<String> one : asked) {
            assertThat(await(one)).isEqualTo("token-1");
        }
        assertThat(cache.get().succeeded()).isTrue();
        assertThat(fetched).hasValue(1);
    }

    @Test
    void one_that_ends_soon_is_renewed_while_calls_go_on_with_it() throws Exception {
        CredentialCache<String> cache = cache(() -> next(HOUR));
        await(cache.get());
        done.acquire();
        now.addAndGet(HOUR - 299_000);
        assertThat(cache.get().result()).isEqualTo("token-1");
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        awaitValue(cache, "token-2");
        assertThat(fetched).hasValue(2);
    }

    @Test
    void one_that_has_ended_is_never_used() throws Exception {
        CredentialCache<String> cache = cache(() -> next(HOUR));
        await(cache.get());
        now.addAndGet(HOUR);
        assertThat(await(cache.get())).isEqualTo("token-2");
    }

    @Test
    void one_without_an_end_is_looked_up_again_after_a_minute() throws Exception {
        CredentialCache<String> cache = cache(() -> new Lease<>("key-" + fetched.incrementAndGet(), null));
        assertThat(await(cache.get())).isEqualTo("key-1");
        now.addAndGet(59_999);
        assertThat(cache.get().result()).isEqualTo("key-1");
        assertThat(fetched).hasValue(1);
        now.addAndGet(1);
        assertThat(cache.get().result()).isEqualTo("key-1");
        awaitValue(cache, "key-2");
    }

    @Test
    void a_failed_fetch_fails_who_waited_and_the_next_tries_again() throws Exception {
        CredentialCache<String> cache = cache(() -> {
            if (fetched.incrementAndGet() == 1) {
                throw new IllegalStateException("no role");
            }
            return new Lease<>("token", null);
        });
        assertThatThrownBy(() -> await(cache.get())).hasRootCauseMessage("no role");
        assertThat(await(cache.get())).isEqualTo("token");
    }

    @Test
    void a_renewal_that_fails_leaves_the_old_one_and_is_not_tried_by_every_call() throws Exception {
        CredentialCache<String> cache = cache(() -> {
            if (fetched.get() > 0) {
                fetched.incrementAndGet();
                throw new IllegalStateException("down");
            }
            return next(HOUR);
        });
        await(cache.get());
        done.acquire();
        now.addAndGet(HOUR - 100_000);
        cache.get();
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        // The failure is noted just after it has happened; from then on calls ask no more.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int before = -1;
        for (int quiet = 0; quiet < 1_000; quiet++) {
            assertThat(cache.get().result()).isEqualTo("token-1");
            quiet = fetched.get() == before ? quiet : 0;
            before = fetched.get();
            assertThat(System.nanoTime()).as("calls go on asking").isLessThan(deadline);
        }
        boolean askedAgain = false;
        for (int i = 0; i < 100 && !askedAgain; i++) {
            now.addAndGet(500);
            assertThat(cache.get().result()).isEqualTo("token-1");
            askedAgain = done.tryAcquire(300, TimeUnit.MILLISECONDS);
        }
        assertThat(askedAgain).as("asked again later").isTrue();
    }

    private static void awaitValue(CredentialCache<String> cache, String expected) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!await(cache.get()).equals(expected)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
