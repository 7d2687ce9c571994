package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeoverTest {
    private final Changeover changeover = new Changeover();
    private volatile int left;
    private volatile int right;

    private record Both(int left, int right) {}

    @Test
    void readers_never_see_some_of_each() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                readers.add(threads.submit(() -> {
                    int mixed = 0;
                    while (!done.get()) {
                        Both read = changeover.whole(() -> new Both(left, right), undone -> {});
                        mixed += read.left() == read.right() ? 0 : 1;
                    }
                    return mixed;
                }));
            }
            for (int n = 1; n <= 20_000; n++) {
                int next = n;
                changeover.change(() -> {
                    left = next;
                    right = next;
                });
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(20, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void what_a_reading_that_does_not_count_has_taken_is_taken_back() {
        AtomicInteger readings = new AtomicInteger();
        List<Integer> undone = new ArrayList<>();

        int read = changeover.whole(
                () -> {
                    int now = readings.incrementAndGet();
                    if (now == 1) {
                        changeover.change(() -> left = 1);
                    }
                    return now;
                },
                undone::add);

        assertThat(read).isEqualTo(2);
        assertThat(undone).containsExactly(1);
    }

    @Test
    void a_failure_of_a_mixed_reading_is_none() {
        AtomicInteger readings = new AtomicInteger();

        String read = changeover.whole(
                () -> {
                    if (readings.incrementAndGet() == 1) {
                        changeover.change(() -> left = 1);
                        throw new IllegalStateException("the new rule names a model that the old catalogue has not");
                    }
                    return "whole";
                },
                undone -> {});

        assertThat(read).isEqualTo("whole");
    }

    @Test
    void a_failure_of_a_whole_reading_is_the_callers() {
        assertThatThrownBy(() -> changeover.whole(
                        () -> {
                            throw new IllegalStateException("unknown model");
                        },
                        undone -> {}))
                .hasMessage("unknown model");
    }
}
