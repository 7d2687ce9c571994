package dev.tierway.domain.call;

import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Situation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explained outcome of routing one call: what was asked, every round with its candidates and their verdicts, every
 * attempt and how the call ended. One shape for serving, dry run, log and replay.
 *
 * @param generation of the configuration that decided
 * @param limits what became of its caller's own limits; empty for a dry run
 * @param result null for a dry run, which sends nothing
 * @param plugins what plugins did, in that order; empty for a dry run
 */
public record Selection(
        CallIdentity identity,
        long generation,
        long seed,
        RequestFeatures features,
        RoutingPolicy policy,
        List<Round> rounds,
        List<LimitUse> limits,
        @Nullable CallResult result,
        List<String> warnings,
        List<PluginUse> plugins) {
    public Selection {
        plugins = List.copyOf(plugins);
        rounds = List.copyOf(rounds);
        limits = List.copyOf(limits);
        warnings = List.copyOf(warnings);
    }

    /** Of a call whose caller has no limits. */
    public Selection(
            CallIdentity identity,
            long generation,
            long seed,
            RequestFeatures features,
            RoutingPolicy policy,
            List<Round> rounds,
            @Nullable CallResult result,
            List<String> warnings) {
        this(identity, generation, seed, features, policy, rounds, List.of(), result, warnings);
    }

    /** Of a call no plugin touched. */
    public Selection(
            CallIdentity identity,
            long generation,
            long seed,
            RequestFeatures features,
            RoutingPolicy policy,
            List<Round> rounds,
            List<LimitUse> limits,
            @Nullable CallResult result,
            List<String> warnings) {
        this(identity, generation, seed, features, policy, rounds, limits, result, warnings, List.of());
    }

    /** The same after plugins: what they did, and what the call came to by it. */
    public Selection after(List<PluginUse> uses, @Nullable CallResult ending) {
        return new Selection(identity, generation, seed, features, policy, rounds, limits, ending, warnings, uses);
    }

    /** The same with one more warning. */
    public Selection warned(String words) {
        List<String> more = new ArrayList<>(warnings);
        more.add(words);
        return new Selection(identity, generation, seed, features, policy, rounds, limits, result, more, plugins);
    }

    /** What one of its decisions was a function of, beside the candidates. */
    public Situation situation(Round round) {
        return new Situation(features, policy, round.progress(), round.gatewayRetries(), round.atNanos(), round.seed());
    }

    public boolean dryRun() {
        return result == null;
    }

    /** Requests that left for a vendor. */
    public int attempts() {
        int sent = 0;
        for (Round round : rounds) {
            if (round.result() != null && round.result().sentNanos() != null) {
                sent++;
            }
        }
        return sent;
    }
}
