package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.out.CallExecutors;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Orders of the embedding program, waited for. */
public final class ConfigCalls {
    private static final ConfigOrder JAVA = ConfigOrder.of(ConfigOrder.Origin.JAVA);

    private final ConfigReloads reloads;
    private final CallExecutors executors;

    public ConfigCalls(ConfigReloads reloads, CallExecutors executors) {
        this.reloads = reloads;
        this.executors = executors;
    }

    public ConfigOutcome reload() {
        return inForce(() -> reloads.reload(JAVA));
    }

    public ConfigOutcome reload(Path file) {
        return inForce(() -> reloads.reload(ConfigFile.of(file), JAVA));
    }

    public ConfigOutcome reload(GatewayConfig config) {
        return inForce(() -> reloads.apply(config, JAVA));
    }

    public ConfigOutcome rollback(long to) {
        return inForce(() -> reloads.rollback(to, JAVA));
    }

    public List<ConfigGeneration> history(int limit) {
        return await(() -> reloads.history(limit));
    }

    private ConfigOutcome inForce(Supplier<CompletionStage<ConfigOutcome>> asked) {
        ConfigOutcome outcome = await(asked);
        if (outcome instanceof ConfigOutcome.Refused refused) {
            throw new InvalidConfigException(refused.problems().stream()
                    .map(problem -> new ConfigProblem(ConfigProblem.Severity.ERROR, "refused", 0, 0, "", problem, null))
                    .toList());
        }
        return outcome;
    }

    private <T> T await(Supplier<CompletionStage<T>> asked) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait for another configuration");
        }
        try {
            return asked.get().toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException told = new CancellationException("interrupted; it may still come into force");
            told.initCause(interrupted);
            throw told;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }
}
