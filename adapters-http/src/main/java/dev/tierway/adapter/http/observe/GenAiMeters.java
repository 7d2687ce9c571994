package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.money.TokenUsage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What OpenTelemetry's conventions for generative AI ask of a client, of each attempt, with the buckets they advise:
 * dashboards made for any such client work.
 */
public final class GenAiMeters implements RoutingListener {
    private static final Duration[] SECONDS = IntStream.range(0, 14)
            .mapToObj(power -> Duration.ofMillis(10L << power))
            .toArray(Duration[]::new);
    private static final double[] TOKENS =
            IntStream.range(0, 14).mapToDouble(power -> 1L << (2 * power)).toArray();

    private final Function<ProviderId, String> names;
    private final MeterFamily<Timer> durations;
    private final MeterFamily<DistributionSummary> tokens;

    /** @param names a provider's, as the conventions call its vendor */
    public GenAiMeters(MeterRegistry registry, Function<ProviderId, String> names) {
        this.names = names;
        durations = new MeterFamily<>(
                List.of("gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "error.type"),
                tags -> Timer.builder("gen_ai.client.operation.duration")
                        .description("How long attempts took.")
                        .serviceLevelObjectives(SECONDS)
                        .tags(tags)
                        .register(registry));
        tokens = new MeterFamily<>(
                List.of("gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.token.type"),
                tags -> DistributionSummary.builder("gen_ai.client.token.usage")
                        .description("Tokens of attempts.")
                        .serviceLevelObjectives(TOKENS)
                        .tags(tags)
                        .register(registry));
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        String operation = Objects.equals(row.origin().useCase(), UseCase.EMBED.name()) ? "embeddings" : "chat";
        String provider = names.apply(row.provider());
        String model = row.model().value();
        Long nanos = row.timing().durationNanos();
        if (nanos != null) {
            String error =
                    row.failure() == null ? FinishedCall.NONE : row.failure().id();
            durations.of(operation, provider, model, error).record(nanos, TimeUnit.NANOSECONDS);
        }
        TokenUsage usage = row.usage();
        if (usage != null && usage.input() + usage.output() > 0) {
            tokens.of(operation, provider, model, "input").record(usage.input());
            tokens.of(operation, provider, model, "output").record(usage.output());
        }
    }
}
