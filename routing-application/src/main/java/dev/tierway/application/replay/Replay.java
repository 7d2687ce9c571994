package dev.tierway.application.replay;

import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.TierAwareModelSelector;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A recorded call, decided again from its record alone by the function that serves. */
public record Replay(List<Round> rounds) {
    public Replay {
        rounds = List.copyOf(rounds);
    }

    /**
     * One decision, twice.
     *
     * @param attempt the attempt's number
     */
    public record Round(int attempt, Outcome recorded, Outcome now) {
        /** In words; empty if it is the same decision. */
        public List<String> differences() {
            return recorded.differences(now);
        }
    }

    /** Whether every decision is the same: who and why, how likely, every index to the last bit, every rejection. */
    public boolean same() {
        return rounds.stream().allMatch(round -> round.differences().isEmpty());
    }

    /** Whether {@link #record} can hold all that was looked at. */
    public static boolean possible(Selection selection) {
        return RecordedCall.fits(selection);
    }

    /**
     * The member {@code replay} of a decision's document: maps, lists, numbers and strings, without prompts, hashes of
     * prompts, credentials and addresses of servers. Null if there were too many candidates.
     */
    public static @Nullable Map<String, ?> record(Selection selection) {
        return possible(selection) ? RecordCodec.encode(RecordedCall.of(selection), RecordedCall.class) : null;
    }

    /** Decides again what was decided, by way of its record. */
    public static Replay of(Selection selection) {
        Map<String, ?> record = record(selection);
        return of(record == null ? Map.of() : Map.of("replay", record), asked -> {
            RankingStrategy own = selection.policy().strategy();
            return own.id().equals(asked) ? own : BuiltInStrategy.of(asked);
        });
    }

    /**
     * Decides again what a decision's document records.
     *
     * @param document with the member {@code replay}
     * @throws IllegalArgumentException saying why, if it can't: no record, one of another version, a strategy that isn't
     *     built in
     */
    public static Replay of(Map<String, ?> document) {
        return of(document, BuiltInStrategy::of);
    }

    /** @param strategies finds a strategy by its name */
    public static Replay of(Map<String, ?> document, Function<Strategy, RankingStrategy> strategies) {
        if (!(document.get("replay") instanceof Map<?, ?> record)) {
            throw new IllegalArgumentException("the decision has no record to replay: ask for it with replay=true; one"
                    + " with more than 256 candidates has none");
        }
        RecordedCall call = RecordCodec.decode(record, RecordedCall.class, strategies);
        return new Replay(
                call.rounds().stream().map(round -> again(round, call)).toList());
    }

    private static Round again(RecordedCall.RecordedRound round, RecordedCall call) {
        Choice choice = TierAwareModelSelector.select(
                call.features(),
                new FleetSnapshot(0, round.pool(), round.pool(), round.gatewayRetries()),
                call.policy(),
                round.progress(),
                round.atNanos(),
                round.seed());
        return new Round(round.n(), round.outcome(), Outcome.of(choice));
    }
}
