package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.tierway.GatewayConfig;
import dev.tierway.IdempotencyConfig;
import dev.tierway.TracesConfig;
import dev.tierway.adapter.persistence.memory.MemoryKeptReplies;
import dev.tierway.application.agents.Agents;
import dev.tierway.application.idempotency.IdempotentCalls;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Intake;
import dev.tierway.bootstrap.reload.ConfigInForce;
import dev.tierway.bootstrap.runtime.BuildInfo;
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.bootstrap.trace.Collector;
import dev.tierway.bootstrap.trace.GenAiNames;
import org.jspecify.annotations.Nullable;

/** What a call passes on its way in: its trace, its idempotency key, the limits of this instance. */
final class IntakeModule extends AbstractModule {
    private final GatewayConfig config;
    private final @Nullable CallTracing given;

    /** @param given in place of what the configuration says of traces; null: what that says */
    IntakeModule(GatewayConfig config, @Nullable CallTracing given) {
        this.config = config;
        this.given = given;
    }

    @Provides
    @Singleton
    Intake intake(ConfigInForce inForce) {
        return new Intake(() -> inForce.config().overload());
    }

    @Provides
    @Singleton
    CallTracing tracing() {
        TracesConfig wanted = config.traces();
        if (given != null) {
            return given;
        }
        return wanted == null
                ? CallTracing.OFF
                : Collector.open(wanted, GenAiNames.in(config), BuildInfo.read().version(), EngineModule.instance());
    }

    @Provides
    @Singleton
    IdempotentCalls idempotentCalls(CallService calls, Agents agents, CallTracing traces, CallExecutors executors) {
        IdempotencyConfig kept = config.idempotency();
        return new IdempotentCalls(
                traces.calls(agents.holding(calls)),
                new MemoryKeptReplies(kept.keep(), kept.maxBytes(), kept.maxReplyBytes(), System::nanoTime),
                executors);
    }
}
