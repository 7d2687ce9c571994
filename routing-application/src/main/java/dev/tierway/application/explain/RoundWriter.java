package dev.tierway.application.explain;

import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.Score;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one round: its candidates with their verdicts, and what came of the attempt. */
final class RoundWriter {
    private static final int MOST_CANDIDATES = 32;
    private static final double MILLION = 1e6;
    private static final int USD_PLACES = 6;
    private static final int SHARE_PLACES = 4;

    private final Selection selection;
    private final Round round;

    RoundWriter(Selection selection, Round round) {
        this.selection = selection;
        this.round = round;
    }

    /** Whether every eligible candidate is written. */
    static boolean complete(Round round) {
        List<Choice.Verdict> verdicts = ranked(round.choice());
        return verdicts.size() <= MOST_CANDIDATES
                || verdicts.subList(MOST_CANDIDATES, verdicts.size()).stream().noneMatch(Choice.Verdict::eligible);
    }

    /** Best first among the eligible, then the refused in declared order. */
    static List<Choice.Verdict> ranked(Choice choice) {
        List<Choice.Verdict> verdicts = new ArrayList<>(choice.verdicts());
        verdicts.sort(Comparator.comparingDouble(RoundWriter::behind));
        return verdicts;
    }

    private static double behind(Choice.Verdict verdict) {
        Score score = verdict.score();
        return score == null ? Double.POSITIVE_INFINITY : -score.index();
    }

    Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Choice.Chosen chosen = round.choice() instanceof Choice.Chosen one ? one : null;
        json.put("attempt", round.n());
        json.put("chose", chosen == null ? null : id(chosen.replica()));
        json.put("because", chosen == null ? "nobody_eligible" : lower(chosen.because()));
        json.put("propensity", chosen == null ? null : rounded(chosen.propensity(), SHARE_PLACES));
        List<Choice.Verdict> verdicts = ranked(round.choice());
        int shown = Math.min(verdicts.size(), MOST_CANDIDATES);
        List<Object> candidates = new ArrayList<>(shown);
        for (Choice.Verdict verdict : verdicts.subList(0, shown)) {
            candidates.add(candidate(verdict, chosen));
        }
        json.put("candidates", candidates);
        json.put("omitted", omitted(verdicts.subList(shown, verdicts.size())));
        json.put("result", result());
        return json;
    }

    private Map<String, Integer> omitted(List<Choice.Verdict> rest) {
        Map<String, Integer> counts =
                new LinkedHashMap<>(selection.features().ask().omitted());
        for (Choice.Verdict verdict : rest) {
            String code = verdict.eligible()
                    ? "eligible"
                    : verdict.rejections().getFirst().code();
            counts.merge(code, 1, Integer::sum);
        }
        return counts;
    }

    private Map<String, @Nullable Object> candidate(Choice.Verdict verdict, Choice.@Nullable Chosen chosen) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean won = chosen != null && id(chosen.replica()).equals(id(verdict.replica()));
        json.put("replica", id(verdict.replica()));
        json.put("verdict", won ? "chosen" : verdict.eligible() ? "eligible" : "rejected");
        Score score = verdict.score();
        if (score != null) {
            json.put("index_usd", rounded(score.index(), USD_PLACES));
            json.put("success", rounded(score.success(), SHARE_PLACES));
            Map<String, @Nullable Object> terms = new LinkedHashMap<>();
            terms.put("local_bonus", rounded(score.localBonus(), USD_PLACES));
            terms.put("price", rounded(score.price(), USD_PLACES));
            terms.put("latency", rounded(score.latency(), USD_PLACES));
            terms.put("quota_pressure", rounded(score.quotaPressure(), USD_PLACES));
            terms.put("failure", rounded(score.failureTerm(), USD_PLACES));
            json.put("terms_usd", terms);
        }
        json.put("facts", facts(verdict.replica(), score));
        if (!verdict.rejections().isEmpty()) {
            json.put("reasons", verdict.rejections().stream().map(this::reason).toList());
        }
        if (!verdict.bypassed().isEmpty()) {
            json.put("bypassed", verdict.bypassed().stream().map(this::reason).toList());
        }
        return json;
    }

    private Map<String, @Nullable Object> facts(ReplicaView view, @Nullable Score score) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean measured = score != null && score.latencyMeasured();
        json.put("ttft_ms", score == null ? null : Math.round(score.ttftNanos() / MILLION));
        json.put("ms_per_token", score == null ? null : rounded(score.tokenNanos() / MILLION, 2));
        json.put("latency_measured", measured);
        json.put("in_flight", view.state().inFlight());
        json.put("limit", view.replica().concurrency());
        json.put("headroom", view.headroom());
        json.put("circuit", view.circuit(round.atNanos()).id());
        ProbeResult probe = view.probe().resultAt(round.atNanos());
        json.put("probe", probe == null ? null : probe.id());
        json.put("price_known", score == null ? view.replica().price() != null : score.priceKnown());
        return json;
    }

    private Map<String, @Nullable Object> reason(Rejection rejection) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", rejection.code());
        json.put("kind", rejection.kind().id());
        json.putAll(RejectionFacts.of(rejection));
        Long until = rejection.untilNanos();
        if (until != null) {
            json.put("until_ms", Math.max(0, (until - round.atNanos()) / 1_000_000));
        }
        return json;
    }

    private @Nullable Map<String, @Nullable Object> result() {
        AttemptResult result = round.result();
        if (result == null) {
            return null;
        }
        Failure failure = result.failure();
        long start = selection.identity().startNanos();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("class", failure == null ? null : failure.failureClass().id());
        json.put("upstream_status", failure == null ? null : failure.upstreamStatus());
        json.put("retry_after_ms", failure == null ? null : failure.retryAfterMillis());
        json.put("message", failure == null ? null : failure.message());
        json.put("denied_by", result.denied());
        json.put("start_ms", (result.startNanos() - start) / 1_000_000);
        Long commit = result.commitNanos();
        json.put("commit_ms", commit == null ? null : (commit - start) / 1_000_000);
        json.put("end_ms", (result.endNanos() - start) / 1_000_000);
        json.put("charge", lower(result.charged()));
        NanoUsd cost = result.cost();
        boolean refunded = switch (result.charged()) {
            case REFUNDED, REFUNDED_BUT_REQUEST, NOTHING_RESERVED -> true;
            case SETTLED, UNKNOWN -> false;
        };
        json.put("cost_usd", refunded ? "0" : cost == null ? null : cost.toDecimalString());
        json.put("tokens", DecisionWriter.tokens(result.usage()));
        json.put("verdict", verdict(result));
        return json;
    }

    /** A spill to another model is told apart by who was chosen next. */
    private String verdict(AttemptResult result) {
        if (result.verdict() == AttemptResult.Verdict.NEXT_REPLICA
                && round.choice() instanceof Choice.Chosen here
                && next() instanceof Choice.Chosen there) {
            if (id(here.replica()).equals(id(there.replica()))) {
                return lower(AttemptResult.Verdict.REPEAT);
            }
            if (!here.replica().model().id().equals(there.replica().model().id())) {
                return lower(AttemptResult.Verdict.NEXT_MODEL);
            }
        }
        return lower(result.verdict());
    }

    /** Who was chosen next; a call may have waited in between. */
    private Choice.@Nullable Chosen next() {
        List<Round> rounds = selection.rounds();
        for (Round later : rounds.subList(rounds.indexOf(round) + 1, rounds.size())) {
            if (later.choice() instanceof Choice.Chosen chosen) {
                return chosen;
            }
        }
        return null;
    }

    private static String id(ReplicaView view) {
        return view.replica().id().value();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** As a decimal without exponent: people read these. */
    private static BigDecimal rounded(double value, int places) {
        BigDecimal decimal = BigDecimal.valueOf(value)
                .setScale(places, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
}
