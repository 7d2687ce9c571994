package dev.tierway.application.explain;

import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.LimitUse;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.DecidedBy;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.RunnerUp;
import dev.tierway.domain.routing.WhyNot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words for people about decisions, in one place. */
public final class DecisionExplainer {
    private DecisionExplainer() {}

    private static final int BYTES_PER_CANDIDATE = 420;
    private static final int BYTES_OF_THE_REST = 2000;

    /** The decision as one document of values, for the log and the command line. */
    public static DecisionDocument document(Selection selection) {
        return document(selection, Detail.NONE);
    }

    /** The same with more in it. */
    public static DecisionDocument document(Selection selection, Detail detail) {
        JsonTree tree = new JsonTree();
        new DecisionWriter(selection, detail, tree).write();
        return new DecisionDocument(tree.document());
    }

    /** The same document as JSON in UTF-8: several times as fast. */
    public static byte[] json(Selection selection) {
        return json(selection, Detail.NONE);
    }

    /** The same with more in it. */
    public static byte[] json(Selection selection, Detail detail) {
        int candidates = 0;
        for (Round round : selection.rounds()) {
            candidates += Math.min(32, round.choice().verdicts().size());
        }
        JsonText text = new JsonText(BYTES_OF_THE_REST + BYTES_PER_CANDIDATE * candidates);
        new DecisionWriter(selection, detail, text).write();
        return text.bytes();
    }

    /**
     * Why a replica wasn't chosen in the first round, and the least that would have put it first; null if it wasn't a
     * candidate.
     */
    public static @Nullable WhyNot whyNot(String replica, Selection selection) {
        if (selection.rounds().isEmpty()) {
            return null;
        }
        Round round = selection.rounds().getFirst();
        for (Choice.Verdict verdict : round.choice().verdicts()) {
            ReplicaId id = verdict.replica().replica().id();
            if (id.value().equals(replica)) {
                return WhyNot.of(id, round.choice(), selection.situation(round));
            }
        }
        return null;
    }

    /** One or two sentences: who answered and why not somebody else, or why nobody did and what to do. */
    public static String summary(Selection selection) {
        return summary(
                selection,
                selection.rounds().isEmpty()
                        ? null
                        : runnerUp(selection.rounds().getFirst(), selection));
    }

    /** Everything worth a word beside the outcome. */
    public static List<String> warnings(Selection selection) {
        List<String> warnings = new ArrayList<>(selection.warnings());
        for (LimitUse use : selection.limits()) {
            if (use.warned()) {
                warnings.add(LimitWords.warning(use, selection));
            }
        }
        for (PluginUse use : selection.plugins()) {
            if (use.outcome() == PluginUse.Outcome.CHANGED || use.outcome() == PluginUse.Outcome.FAILED) {
                warnings.add(PluginWords.warning(use));
            }
        }
        String lost = LossWords.warning(selection);
        if (lost != null) {
            warnings.add(lost);
        }
        return warnings;
    }

    /** Who would have been chosen otherwise. */
    static @Nullable RunnerUp runnerUp(Round round, Selection selection) {
        return round.choice() instanceof Choice.Chosen chosen ? RunnerUp.of(chosen, selection.situation(round)) : null;
    }

    /** @param next after the first round's chosen one */
    static String summary(Selection selection, @Nullable RunnerUp next) {
        StringBuilder words = new StringBuilder();
        switch (selection.result()) {
            case null -> words.append(dryRun(selection, next));
            case CallResult.Delivered delivered ->
                words.append(delivered.replica()).append(" answered").append(preferred(selection, next));
            case CallResult.Answered(String plugin, var stage, boolean cached, var usage) ->
                words.append("plugin ")
                        .append(plugin)
                        .append(cached ? " answered as it was answered before" : " answered in a model's place");
            case CallResult.Denied(String plugin, PluginStage stage, String reason) ->
                words.append("plugin ")
                        .append(plugin)
                        .append(" denied the call (")
                        .append(stage.id())
                        .append("): ")
                        .append(reason);
            case CallResult.Refused refused -> words.append(refused(selection));
            case CallResult.Exhausted(var replica, Failure last) -> words.append("no replica could answer");
            case CallResult.Broken(var replica, Failure failure, boolean callersDeadline) ->
                words.append(replica)
                        .append(
                                callersDeadline
                                        ? " was cut off in the middle of its answer: "
                                        : " broke off in the middle of its answer: ")
                        .append(callersDeadline ? failure.message() : failure(failure));
            case CallResult.LimitReached reached -> words.append(LimitWords.reached(reached, selection));
            case CallResult.QuotaUnavailable(String message) ->
                words.append("limits can't be checked now: ").append(message);
            case CallResult.DeadlineExceeded(boolean callers) ->
                words.append(callers ? "the call's deadline passed" : "the call's total time is over")
                        .append(" before an answer came");
            case CallResult.ClientGone gone -> words.append("the client left");
            case CallResult.StoppedBy(String by) ->
                words.append("the call was stopped by ").append(by);
            case CallResult.Halted(String why) -> words.append(why);
            case CallResult.InternalError(String message) ->
                words.append("Tierway itself failed: ").append(message);
        }
        return words.append(attempts(selection)).append(advice(selection)).toString();
    }

    private static String dryRun(Selection selection, @Nullable RunnerUp next) {
        return switch (selection.rounds().getFirst().choice()) {
            case Choice.Chosen chosen ->
                chosen.replica().replica().id() + " would be called (" + because(chosen.because()) + over(next) + ")";
            case Choice.Nobody nobody -> refused(selection);
        };
    }

    /** What decided, where the first attempt was the last. */
    private static String preferred(Selection selection, @Nullable RunnerUp next) {
        String over = selection.rounds().size() > 1 ? "" : over(next);
        return over.isEmpty() ? "" : ", chosen " + over.substring(2);
    }

    /** Whom the chosen one was preferred to, and by what; empty where it was no comparison. */
    private static String over(@Nullable RunnerUp next) {
        DecidedBy by = next == null ? null : next.decidedBy();
        return next == null || by == null
                ? ""
                : ", over " + next.replica().replica().id() + " by " + WhyNotWords.term(by);
    }

    private static String refused(Selection selection) {
        if (selection.rounds().isEmpty()) {
            return "too many calls wait for " + selection.features().ask().address() + " already";
        }
        Choice last = selection.rounds().getLast().choice();
        return "nobody can serve " + selection.features().ask().address() + " now" + reasons(last);
    }

    /** Rejections by code, the most frequent first. */
    private static String reasons(Choice choice) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Choice.Verdict verdict : choice.verdicts()) {
            for (Rejection rejection : verdict.rejections()) {
                counts.merge(named(rejection), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return ": there are no candidates";
        }
        List<String> words = counts.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .map(one -> one.getKey() + (one.getValue() == 1 ? "" : " ×" + one.getValue()))
                .toList();
        return ": " + String.join(", ", words);
    }

    /** What is missing is worth a word: it is what the caller can change. */
    private static String named(Rejection rejection) {
        return switch (rejection) {
            case Rejection.MissingCapability(var missing) ->
                rejection.code() + " ("
                        + String.join(
                                ", ", missing.stream().map(one -> one.id()).toList()) + ")";
            case Rejection.NotExpressible(var lost) ->
                rejection.code() + " ("
                        + String.join(
                                ", ", lost.stream().map(one -> one.words()).toList()) + ")";
            case Rejection.MissingTag(var missing) -> rejection.code() + " (" + String.join(", ", missing) + ")";
            default -> rejection.code();
        };
    }

    private static String attempts(Selection selection) {
        List<String> failed = new ArrayList<>();
        for (Round round : selection.rounds()) {
            AttemptResult result = round.result();
            Failure failure = result == null ? null : result.failure();
            if (failure != null && round.choice() instanceof Choice.Chosen chosen) {
                failed.add(chosen.replica().replica().id() + " " + failure(failure));
            }
        }
        if (failed.isEmpty() || selection.result() instanceof CallResult.Broken) {
            return "";
        }
        boolean answered = selection.result() instanceof CallResult.Answer;
        return (answered ? ", after " : ": ") + String.join("; ", failed);
    }

    private static String failure(Failure failure) {
        Integer status = failure.upstreamStatus();
        Long retry = failure.retryAfterMillis();
        return (status == null ? "failed" : "answered " + status)
                + " (" + failure.failureClass().id()
                + (retry == null ? "" : ", retry after " + retry + " ms")
                + (failure.message().isEmpty() ? "" : ": " + failure.message())
                + ")";
    }

    private static String advice(Selection selection) {
        return switch (selection.result()) {
            case CallResult.Refused(var refusal) ->
                ". " + Advice.of(refusal.reason(), selection.identity().callId());
            case CallResult.Exhausted(var replica, Failure last) ->
                ". " + Advice.of(last.failureClass(), selection.identity().callId());
            case CallResult.InternalError error ->
                ". " + Advice.of(FailureClass.INTERNAL, selection.identity().callId());
            case null, default -> "";
        };
    }

    static String because(Choice.Because because) {
        return switch (because) {
            case BEST_INDEX -> "best index";
            case LESS_LOADED_IN_BAND -> "about as good as the best and less loaded";
            case ONLY_ELIGIBLE -> "the only eligible one";
            case PINNED -> "pinned by the caller";
            case HALF_OPEN_PROBE -> "a probe: its circuit is half open";
            case EXPLORATION -> "to measure it again";
            case LAST_RESORT -> "a last resort: only its health speaks against it";
            case LAST_ATTEMPT -> "most likely to be worth the last attempt";
            case STRATEGY -> "the strategy's turn";
        };
    }
}
