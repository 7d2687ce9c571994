package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigText;
import dev.tierway.ServerConfig;
import dev.tierway.application.config.ConfigOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the content of the configuration's files every now and then, and has them read again once it has changed. What a
 * file's system tells of changes is not asked: links that a container's mounts swap, network file systems and editors that
 * write another file all look alike this way.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final long OFF_MILLIS = 1000;
    private static final int MOST_BYTES = 16 << 20;

    private final ConfigInForce inForce;
    private final ConfigReloads reloads;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tierway-watch").factory());
    /** What was read last, whatever became of it. */
    private Map<Path, String> known = Map.of();

    private Map<Path, String> changed = Map.of();
    private boolean watching;

    public ConfigWatch(ConfigInForce inForce, ConfigReloads reloads) {
        this.inForce = inForce;
        this.reloads = reloads;
    }

    /** To be called once. */
    public void start() {
        look();
    }

    private void look() {
        long next = OFF_MILLIS;
        try {
            ServerConfig.Reload setting = inForce.config().server().reload();
            ConfigFile file = reloads.file();
            if (setting.watch() && file != null) {
                look(content(file));
                next = Math.max(1, setting.every().toMillis());
            } else {
                watching = false;
            }
        } finally {
            if (!thread.isShutdown()) {
                thread.schedule((Runnable) this::look, next, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look(Map<Path, String> content) {
        boolean differs = content.entrySet().stream().anyMatch(this::isNews);
        if (!watching || !differs) {
            // A file that the configuration reads only since a moment ago is no change.
            watching = true;
            known = content;
            changed = Map.of();
        } else if (content.equals(changed)) {
            known = content;
            changed = Map.of();
            reloads.reload(ConfigOrder.of(ConfigOrder.Origin.WATCH));
        } else {
            // Perhaps it is being written: the next look will tell.
            changed = content;
        }
    }

    private boolean isNews(Map.Entry<Path, String> file) {
        String before = known.get(file.getKey());
        return before != null && !before.equals(file.getValue());
    }

    /** Hashes of the file that is read, and of those that the configuration in force has read beside it. */
    private Map<Path, String> content(ConfigFile file) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(file.path());
        ConfigText text = inForce.config().text();
        if (text != null) {
            files.addAll(text.files());
        }
        Map<Path, String> hashes = new LinkedHashMap<>();
        files.forEach(path -> hashes.put(path, hash(path)));
        return hashes;
    }

    private static String hash(Path path) {
        try (var in = Files.newInputStream(path)) {
            return HexFormat.of().formatHex(sha256().digest(in.readNBytes(MOST_BYTES)));
        } catch (IOException unreadable) {
            return unreadable.getClass().getName();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
