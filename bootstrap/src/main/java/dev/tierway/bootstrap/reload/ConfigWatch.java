package dev.tierway.bootstrap.reload;

import dev.tierway.ServerConfig;
import dev.tierway.application.config.ConfigOrder;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the content of the configuration's files every now and then, and has them read again once it has changed. What a
 * file's system tells of changes is not asked: links that a container's mounts swap, network file systems and editors that
 * write another file all look alike this way.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final long OFF_MILLIS = 1000;

    private final ConfigInForce inForce;
    private final ConfigReloads reloads;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tierway-watch").factory());
    private final AtomicBoolean reloading = new AtomicBoolean();
    private FileContents changed = FileContents.NONE;

    public ConfigWatch(ConfigInForce inForce, ConfigReloads reloads) {
        this.inForce = inForce;
        this.reloads = reloads;
    }

    /** To be called once. */
    public void start() {
        again(OFF_MILLIS);
    }

    private void again(long inMillis) {
        try {
            var unused = thread.schedule(
                    () -> {
                        look();
                        again(period());
                    },
                    inMillis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // Nobody looks any more.
            changed = FileContents.NONE;
        }
    }

    private long period() {
        ServerConfig.Reload setting = inForce.config().server().reload();
        return setting.watch() ? Math.max(1, setting.every().toMillis()) : OFF_MILLIS;
    }

    /** One look. A change that two looks have found alike is read; one that is being written is waited for. */
    void look() {
        ConfigFile file = reloads.file();
        if (file == null
                || reloading.get()
                || !inForce.config().server().reload().watch()) {
            return;
        }
        FileContents now = FileContents.of(file.path(), inForce.config());
        if (!now.differsFrom(reloads.lastRead())) {
            changed = FileContents.NONE;
        } else if (now.equals(changed)) {
            changed = FileContents.NONE;
            reloading.set(true);
            var unused = reloads.reload(ConfigOrder.of(ConfigOrder.Origin.WATCH))
                    .whenComplete((outcome, failed) -> reloading.set(false));
        } else {
            changed = now;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
