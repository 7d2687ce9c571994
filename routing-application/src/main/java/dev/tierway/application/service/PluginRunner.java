package dev.tierway.application.service;

import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.domain.call.PluginStage;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks plugins on behalf of one call: on a virtual thread, or right here those that never block. Answers come on the
 * call's executor.
 */
final class PluginRunner {
    private final CallExecutor executor;
    private final MonotonicClock clock;

    PluginRunner(CallExecutor executor, MonotonicClock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** A question under way. Used on the call's executor. */
    interface Asking {
        /** Nobody waits for it any more: it ends as a failure at once. */
        void abort();
    }

    /** @param then hears the answer or what went wrong, exactly one of them, exactly once */
    <V> Asking ask(
            AttachedPlugin plugin,
            PluginStage stage,
            Callable<V> question,
            BiConsumer<@Nullable V, @Nullable Throwable> then) {
        if (plugin.plugin().nonBlocking(stage)) {
            answer(question, then);
            return () -> {};
        }
        Waiting<V> waiting = new Waiting<>(plugin, then);
        waiting.start(question);
        return waiting;
    }

    private static <V> void answer(Callable<V> question, BiConsumer<@Nullable V, @Nullable Throwable> then) {
        V value;
        try {
            value = Objects.requireNonNull(question.call(), "the plugin gave no verdict");
        } catch (Exception | LinkageError | StackOverflowError | AssertionError broken) {
            then.accept(null, broken);
            return;
        }
        then.accept(value, null);
    }

    private final class Waiting<V> implements Asking {
        private final AttachedPlugin plugin;
        private final BiConsumer<@Nullable V, @Nullable Throwable> then;
        private @Nullable Thread thread;
        private CallExecutor.@Nullable Timer timer;
        private boolean over;

        Waiting(AttachedPlugin plugin, BiConsumer<@Nullable V, @Nullable Throwable> then) {
            this.plugin = plugin;
            this.then = then;
        }

        void start(Callable<V> question) {
            timer = executor.schedule(
                    () -> giveUp("took longer than " + plugin.timeout().toMillis() + " ms"),
                    clock.nanos() + plugin.timeout().toNanos());
            thread = Thread.ofVirtual()
                    .name("tierway-plugin-" + plugin.id())
                    .start(() -> answer(question, (value, error) -> executor.execute(() -> end(value, error))));
        }

        @Override
        public void abort() {
            giveUp("was left by its call");
        }

        private void giveUp(String why) {
            if (!over && thread != null) {
                thread.interrupt();
            }
            end(null, new TimeoutException("plugin '" + plugin.id() + "' " + why));
        }

        private void end(@Nullable V value, @Nullable Throwable error) {
            if (!over) {
                over = true;
                if (timer != null) {
                    timer.cancel();
                }
                then.accept(value, error);
            }
        }
    }
}
