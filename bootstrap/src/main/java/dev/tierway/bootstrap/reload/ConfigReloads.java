package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigProblem;
import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.in.Reconfigure;
import dev.tierway.application.port.out.ConfigListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows orders for another configuration one after the other, on a thread of its own. */
public final class ConfigReloads implements Reconfigure, AutoCloseable {
    private static final long END_SECONDS = 10;
    private static final String AGAIN = "the file still differs; a restart, or the next reload, reads the file";

    private final ConfigInForce inForce;
    private final ConfigSwap swap;
    private final Generations generations;
    private final List<ConfigListener> listeners;
    private final ExecutorService thread;
    private volatile @Nullable ConfigFile file;
    private volatile FileContents lastRead = FileContents.NONE;

    public ConfigReloads(
            ConfigInForce inForce, ConfigSwap swap, Generations generations, List<ConfigListener> listeners) {
        this.inForce = inForce;
        this.swap = swap;
        this.generations = generations;
        this.listeners = List.copyOf(listeners);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("tierway-reload").factory());
        ConfigText text = inForce.config().text();
        if (text != null && text.file() != null) {
            follow(ConfigFile.of(text.file()));
        }
    }

    /** Says what is read from now on. */
    public void follow(ConfigFile next) {
        file = next;
        lastRead = FileContents.of(next.path(), inForce.config());
    }

    /** What was in the files when they were read last, whatever became of it. */
    FileContents lastRead() {
        return lastRead;
    }

    /** What is in the files is noted first: what changes while they are read is then found to have changed. */
    private GatewayConfig read(ConfigFile named) {
        lastRead = FileContents.of(named.path(), inForce.config());
        return named.read();
    }

    /** What is read; null: nothing. */
    public @Nullable ConfigFile file() {
        return file;
    }

    /** The new configuration may read files that the one before didn't. */
    private void alsoReadNow(ConfigFile named) {
        lastRead = lastRead.and(FileContents.of(named.path(), inForce.config()));
    }

    @Override
    public CompletionStage<ConfigOutcome> reload(ConfigOrder order) {
        return ordered(order, () -> {
            ConfigFile named = file;
            if (named == null) {
                throw new NotPossible(
                        ConfigOutcome.Kind.NO_FILE,
                        "this gateway wasn't started with a configuration file, so there is none to read again");
            }
            ConfigOutcome outcome = change(read(named), order, null);
            alsoReadNow(named);
            return outcome;
        });
    }

    /** The file of that name, from now on. */
    public CompletionStage<ConfigOutcome> reload(ConfigFile other, ConfigOrder order) {
        return ordered(order, () -> {
            ConfigOutcome outcome = change(read(other), order, null);
            file = other;
            alsoReadNow(other);
            return outcome;
        });
    }

    public CompletionStage<ConfigOutcome> apply(GatewayConfig next, ConfigOrder order) {
        return ordered(order, () -> change(next, order, null));
    }

    @Override
    public CompletionStage<ConfigOutcome> rollback(long to, ConfigOrder order) {
        return ordered(order, () -> change(generations.config(to, file), order, to));
    }

    @Override
    public CompletionStage<List<ConfigGeneration>> history(int limit) {
        return generations.latest(limit);
    }

    private CompletionStage<ConfigOutcome> ordered(ConfigOrder order, Supplier<ConfigOutcome> what) {
        return CompletableFuture.supplyAsync(() -> told(order, followed(what)), thread);
    }

    private ConfigOutcome followed(Supplier<ConfigOutcome> what) {
        try {
            return what.get();
        } catch (InvalidConfigException invalid) {
            return refused(
                    ConfigOutcome.Kind.INVALID,
                    invalid.problems().stream()
                            .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                            .map(ConfigProblem::toString)
                            .toList());
        } catch (NotPossible notPossible) {
            return refused(notPossible.kind(), List.of(String.valueOf(notPossible.getMessage())));
        }
    }

    private ConfigOutcome refused(ConfigOutcome.Kind kind, List<String> problems) {
        return new ConfigOutcome.Refused(swap.generation(), kind, problems);
    }

    private ConfigOutcome change(GatewayConfig next, ConfigOrder order, @Nullable Long rollbackTo) {
        GatewayConfig now = inForce.config();
        if (next.equals(now)) {
            return new ConfigOutcome.Unchanged(swap.generation());
        }
        long before = swap.generation();
        List<String> changes = ConfigDifference.of(now, next).all();
        Numbered numbered = swap.to(now, next, () -> generations.number(next, order, rollbackTo, before));
        generations.remember(numbered.generation(), next);
        List<String> warnings = new java.util.ArrayList<>();
        if (rollbackTo != null) {
            warnings.add(AGAIN);
        }
        if (numbered.warning() != null) {
            warnings.add(numbered.warning());
        }
        next.warnings().forEach(warning -> warnings.add(warning.toString()));
        return new ConfigOutcome.Applied(numbered.generation(), before, changes, warnings);
    }

    /** One that throws must not make a change look refused. */
    private ConfigOutcome told(ConfigOrder order, ConfigOutcome outcome) {
        for (ConfigListener listener : listeners) {
            try {
                listener.reconfigured(order, outcome);
            } catch (RuntimeException broken) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, broken);
            }
        }
        return outcome;
    }

    /** Finishes what it has begun. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
