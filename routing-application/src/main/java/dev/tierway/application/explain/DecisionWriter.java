package dev.tierway.application.explain;

import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.LimitUse;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.Ruling;
import dev.tierway.domain.routing.RunnerUp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes one selection as the document of docs/reference/decision.md. Unknown is null; no text of prompts, no credential. */
final class DecisionWriter {
    private static final Word[] LEVELS = Word.of(Ask.Level.values());
    private static final Word[] COUNTED = Word.of(TokenUsage.Counted.values());

    private final Selection selection;
    private final Detail detail;
    private final JsonWriter out;

    DecisionWriter(Selection selection, Detail detail, JsonWriter out) {
        this.selection = selection;
        this.detail = detail;
        this.out = out;
    }

    void write() {
        List<Round> rounds = selection.rounds();
        RunnerUp next = rounds.isEmpty() ? null : DecisionExplainer.runnerUp(rounds.getFirst(), selection);
        out.beginObject();
        out.name(Names.ID).text(selection.identity().callId());
        out.name(Names.AT)
                .text(Instant.ofEpochMilli(selection.identity().atEpochMillis()).toString());
        out.name(Names.DRY_RUN).flag(selection.dryRun());
        out.name(Names.REQUEST_ID).text(selection.identity().requestId());
        out.name(Names.KEY).text(selection.identity().key());
        out.name(Names.INSTANCE).text(selection.identity().instance());
        out.name(Names.CONFIG).number(selection.generation());
        out.name(Names.SEED).number(selection.seed());
        out.name(Names.NOW_NS).number(selection.identity().startNanos());
        out.name(Names.SUMMARY).text(DecisionExplainer.summary(selection, next));
        out.name(Names.ASKED);
        asked();
        out.name(Names.OUTCOME);
        if (selection.dryRun()) {
            out.unknown();
        } else {
            outcome(Objects.requireNonNull(selection.result()));
        }
        out.name(Names.ROUNDS).beginArray();
        for (int i = 0; i < rounds.size(); i++) {
            RunnerUp other = i == 0 ? next : DecisionExplainer.runnerUp(rounds.get(i), selection);
            new RoundWriter(selection, rounds.get(i), other, out).write();
        }
        out.endArray();
        out.name(Names.LIMITS).beginArray();
        for (LimitUse use : selection.limits()) {
            limit(use);
        }
        out.endArray();
        out.name(Names.PLUGINS).beginArray();
        selection.plugins().forEach(this::plugin);
        out.endArray();
        out.name(Names.WARNINGS).beginArray();
        DecisionExplainer.warnings(selection).forEach(out::text);
        out.endArray();
        out.name(Names.WHY_NOT);
        whyNot();
        out.name(Names.REPLAYABLE).flag(Replay.possible(selection));
        if (detail.replay()) {
            out.name(Names.REPLAY).value(Replay.record(selection));
        }
        out.endObject();
    }

    private void limit(LimitUse use) {
        Limit limit = use.descriptor().limit();
        boolean money = limit.dimension() == Dimension.MONEY;
        Long settled = use.settled();
        out.beginObject();
        out.name(Names.LIMIT).text(use.descriptor().owner());
        out.name(Names.DIMENSION).text(limit.dimension().id());
        out.name(Names.ENFORCED).flag(use.descriptor().enforced());
        out.name(money ? Names.RESERVED_USD : Names.RESERVED);
        amount(use.reserved(), money);
        out.name(money ? Names.SETTLED_USD : Names.SETTLED);
        if (settled == null) {
            out.unknown();
        } else {
            amount(settled, money);
        }
        out.name(money ? Names.REMAINING_USD : Names.REMAINING);
        amount(use.available(), money);
        out.name(Names.RESETS_AT)
                .text(
                        use.restNanos() == Usage.NEVER
                                ? null
                                : Instant.ofEpochMilli(LimitWords.wallMillis(use.atNanos(), selection)
                                                + use.restNanos() / 1_000_000)
                                        .toString());
        out.endObject();
    }

    private void plugin(PluginUse use) {
        out.beginObject();
        out.name(Names.PLUGIN).text(use.plugin());
        out.name(Names.STAGE).text(use.stage().id());
        out.name(Names.OUTCOME).text(use.outcome().id());
        out.name(Names.DETAIL).text(use.detail());
        out.endObject();
    }

    private void amount(long amount, boolean money) {
        if (money) {
            out.text(new NanoUsd(amount).toDecimalString());
        } else {
            out.number(amount);
        }
    }

    private void whyNot() {
        String replica = detail.whyNot();
        if (replica == null) {
            out.unknown();
        } else {
            new WhyNotWriter(out).write(replica, selection);
        }
    }

    private void asked() {
        RequestFeatures features = selection.features();
        Ask ask = features.ask();
        out.beginObject();
        out.name(Names.ADDRESS).text(ask.address());
        out.name(Names.LEVEL).word(LEVELS[ask.level().ordinal()]);
        out.name(Names.ROUTE).text(ask.route());
        Ruling ruling = ask.ruling();
        out.name(Names.RULE).text(ruling == null ? null : ruling.rule());
        out.name(Names.ARM).text(ruling == null ? null : ruling.arm());
        out.name(Names.STRATEGY).text(selection.policy().strategy().id().id());
        out.name(Names.STREAM).flag(features.stream());
        out.name(Names.TOKENS).beginObject();
        out.name(Names.INPUT).number(features.tokens().input());
        out.name(Names.OUTPUT).number(features.tokens().maxOutput());
        out.name(Names.HOW).word(COUNTED[TokenUsage.Counted.ESTIMATED.ordinal()]);
        out.endObject();
        out.name(Names.NEEDS).beginArray();
        for (Capability need : features.needs()) {
            out.text(need.id());
        }
        out.endArray();
        out.name(Names.OPTIONS).beginObject();
        selection.identity().options().forEach((name, value) -> out.name(name).text(value));
        out.endObject();
        out.endObject();
    }

    private void outcome(CallResult result) {
        Choice.Chosen last = lastChosen();
        LogicalModel model = last == null ? null : last.replica().model();
        CallStatus status = CallStatus.of(result);
        out.beginObject();
        out.name(Names.STATUS).text(result.status());
        out.name(Names.HTTP_STATUS).number(status.httpStatus());
        out.name(Names.CODE).text(status.code());
        out.name(Names.REPLICA)
                .text(last == null ? null : last.replica().replica().id().value());
        out.name(Names.MODEL).text(model == null ? null : model.id().value());
        out.name(Names.TIER).text(model == null ? null : model.tier().id());
        out.name(Names.ESCALATED).flag(model != null && escalated());
        out.name(Names.LAST_RESORT).flag(last != null && last.because() == Choice.Because.LAST_RESORT);
        NanoUsd cost = CallCost.of(selection);
        out.name(Names.CACHED).flag(result instanceof CallResult.Answered answered && answered.cached());
        out.name(Names.COST_USD).text(cost == null ? null : cost.toDecimalString());
        out.name(Names.TOKENS);
        tokens(result instanceof CallResult.Answer answer ? answer.usage() : null, out);
        out.endObject();
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

    static void tokens(@Nullable TokenUsage usage, JsonWriter out) {
        if (usage == null) {
            out.unknown();
            return;
        }
        out.beginObject();
        out.name(Names.INPUT).number(usage.input());
        out.name(Names.CACHED_INPUT).number(usage.cachedInput());
        out.name(Names.OUTPUT).number(usage.output());
        out.name(Names.HOW).word(COUNTED[usage.how().ordinal()]);
        out.endObject();
    }
}
