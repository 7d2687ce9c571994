package dev.tierway.application.explain;

import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.Ruling;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one selection as the document of docs/reference/http.md. Unknown is null; no text of prompts, no credential. */
final class DecisionWriter {
    private final Selection selection;

    DecisionWriter(Selection selection) {
        this.selection = selection;
    }

    Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", selection.identity().callId());
        json.put(
                "at", Instant.ofEpochMilli(selection.identity().atEpochMillis()).toString());
        json.put("dry_run", selection.dryRun());
        json.put("request_id", selection.identity().requestId());
        json.put("instance", selection.identity().instance());
        json.put("config", selection.generation());
        json.put("seed", selection.seed());
        json.put("now_ns", selection.identity().startNanos());
        json.put("summary", DecisionExplainer.summary(selection));
        json.put("asked", asked());
        json.put("outcome", selection.dryRun() ? null : outcome());
        json.put(
                "rounds",
                selection.rounds().stream()
                        .map(round -> new RoundWriter(selection, round).write())
                        .toList());
        json.put("limits", List.of());
        json.put("warnings", selection.warnings());
        json.put("why_not", null);
        json.put("replayable", selection.rounds().stream().allMatch(RoundWriter::complete));
        return json;
    }

    private Map<String, @Nullable Object> asked() {
        RequestFeatures features = selection.features();
        Ask ask = features.ask();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("address", ask.address());
        json.put("level", ask.level().id());
        json.put("route", ask.route());
        Ruling ruling = ask.ruling();
        json.put("rule", ruling == null ? null : ruling.rule());
        json.put("arm", ruling == null ? null : ruling.arm());
        json.put("strategy", selection.policy().strategy().id().id());
        json.put("stream", features.stream());
        Map<String, @Nullable Object> tokens = new LinkedHashMap<>();
        tokens.put("input", features.tokens().input());
        tokens.put("output", features.tokens().maxOutput());
        tokens.put("how", "estimated");
        json.put("tokens", tokens);
        json.put("needs", features.needs().stream().map(need -> need.id()).toList());
        json.put("options", selection.identity().options());
        return json;
    }

    private Map<String, @Nullable Object> outcome() {
        CallResult result = java.util.Objects.requireNonNull(selection.result());
        Choice.Chosen last = lastChosen();
        LogicalModel model = last == null ? null : last.replica().model();
        var delivered = result instanceof CallResult.Delivered one ? one : null;
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", result.status());
        CallStatus status = CallStatus.of(result);
        json.put("http_status", status.httpStatus());
        json.put("code", status.code());
        json.put("replica", last == null ? null : last.replica().replica().id().value());
        json.put("model", model == null ? null : model.id().value());
        json.put("tier", model == null ? null : model.tier().id());
        json.put("escalated", model != null && escalated());
        json.put("last_resort", last != null && last.because() == Choice.Because.LAST_RESORT);
        NanoUsd cost = CallCost.of(selection);
        json.put("cost_usd", cost == null ? null : cost.toDecimalString());
        json.put("tokens", tokens(delivered == null ? null : delivered.usage()));
        return json;
    }

    private Choice.@Nullable Chosen lastChosen() {
        Choice.Chosen last = null;
        for (Round round : selection.rounds()) {
            last = round.choice() instanceof Choice.Chosen chosen ? chosen : last;
        }
        return last;
    }

    private boolean escalated() {
        for (Round round : selection.rounds()) {
            if (round.progress().escalating() && round.choice() instanceof Choice.Chosen) {
                return true;
            }
        }
        return false;
    }

    static @Nullable Map<String, @Nullable Object> tokens(@Nullable TokenUsage usage) {
        if (usage == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("input", usage.input());
        json.put("cached_input", usage.cachedInput());
        json.put("output", usage.output());
        json.put("how", usage.how().name().toLowerCase(java.util.Locale.ROOT));
        return json;
    }
}
