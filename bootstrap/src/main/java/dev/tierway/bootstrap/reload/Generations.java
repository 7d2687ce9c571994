package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.out.ConfigHistory;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.bootstrap.config.ConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Numbers generations, and finds earlier ones: what this process had in force, else what the history keeps. */
public final class Generations {
    private static final long ANSWER_SECONDS = 5;
    private static final int REMEMBERED = 20;
    private static final String MADE_IN_JAVA = "it was made in Java, not read from a file";

    private final ConfigHistory history;
    private final WallClock clock;
    private final String instance;
    /** With what their placeholders stood for: they are in this process's memory and nowhere else. */
    private final Map<Long, GatewayConfig> remembered = new LinkedHashMap<>();

    public Generations(ConfigHistory history, WallClock clock, String instance) {
        this.history = history;
        this.clock = clock;
        this.instance = instance;
    }

    /** Never fails: a history that doesn't answer must not keep a gateway from what it is to do now. */
    public Numbered number(GatewayConfig config, ConfigOrder order, @Nullable Long rollbackTo, long above) {
        try {
            return new Numbered(answer(history.append(generation(config, order, rollbackTo), above)), null);
        } catch (Unanswered failed) {
            return new Numbered(
                    above + 1,
                    "generation " + (above + 1) + " is in force, but not in the history: " + failed.getMessage());
        }
    }

    private ConfigGeneration generation(GatewayConfig config, ConfigOrder order, @Nullable Long rollbackTo) {
        ConfigText text = config.text();
        Path file = text == null ? null : text.file();
        return new ConfigGeneration(
                0,
                clock.epochMillis(),
                order,
                instance,
                rollbackTo,
                text == null ? Integer.toHexString(config.hashCode()) : text.hash(),
                file == null ? null : file.toAbsolutePath().toString(),
                text == null ? null : text.document(),
                text == null ? MADE_IN_JAVA : incomplete(text));
    }

    private static @Nullable String incomplete(ConfigText text) {
        return text.leftOut().isEmpty()
                ? null
                : "secrets are written into the file, and are not kept: " + String.join(", ", text.leftOut())
                        + "; write them as ${NAME} or ${file:PATH}";
    }

    /** Keeps it at hand, with its secrets, while this process lives. */
    public void remember(long number, GatewayConfig config) {
        synchronized (remembered) {
            remembered.put(number, config);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }

    /**
     * An earlier configuration. Its placeholders are filled anew, from the environment of now.
     *
     * @throws NotPossible if there is none of that number, or it isn't kept as a whole
     * @throws InvalidConfigException if it can't be used any more
     */
    GatewayConfig config(long number, @Nullable ConfigFile file) {
        GatewayConfig own;
        synchronized (remembered) {
            own = remembered.get(number);
        }
        if (own != null && (own.text() == null || !own.text().leftOut().isEmpty())) {
            return own;
        }
        ConfigGeneration kept = kept(number);
        String document = kept == null ? null : kept.document();
        if (kept == null || document == null || kept.incomplete() != null) {
            if (own != null) {
                return own;
            }
            throw new NotPossible(
                    ConfigOutcome.Kind.NOT_KEPT,
                    kept == null
                            ? "there is no generation " + number
                                    + " in the history; `tierway config-history` lists them"
                            : "generation " + number + " can't be put in force again: " + kept.incomplete());
        }
        return parsed(kept, document, file);
    }

    private @Nullable ConfigGeneration kept(long number) {
        try {
            Optional<ConfigGeneration> found = answer(history.find(number));
            return found.orElse(null);
        } catch (Unanswered failed) {
            throw new NotPossible(
                    ConfigOutcome.Kind.NOT_KEPT, "the history doesn't answer: " + failed.getMessage() + "; try again");
        }
    }

    private static GatewayConfig parsed(ConfigGeneration kept, String document, @Nullable ConfigFile file) {
        Path from = file != null ? file.path() : kept.file() == null ? null : Path.of(kept.file());
        Map<String, String> environment = file == null ? System.getenv() : file.environment();
        ConfigLoader.Loaded loaded = ConfigLoader.again(document, "generation " + kept.number(), from, environment);
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new InvalidConfigException(loaded.problems());
        }
        return file == null ? config : file.adjusted().apply(config);
    }

    CompletionStage<List<ConfigGeneration>> latest(int limit) {
        return history.latest(limit);
    }

    private static <T> T answer(CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted");
        } catch (TimeoutException late) {
            throw new Unanswered("no answer in " + ANSWER_SECONDS + " s");
        } catch (ExecutionException failed) {
            throw new Unanswered(String.valueOf(failed.getCause()));
        }
    }

    private static final class Unanswered extends RuntimeException {
        Unanswered(String message) {
            super(message, null, false, false);
        }
    }
}
