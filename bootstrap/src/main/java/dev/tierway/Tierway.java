package dev.tierway;

import dev.tierway.adapter.tools.AnnotatedTools;
import dev.tierway.application.access.Caller;
import dev.tierway.application.agents.AgentControls;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.checkpoint.Workflows;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.facade.CallHistory;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ExperimentReport;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.LimitsStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ResumePoint;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.service.DecisionQueries;
import dev.tierway.application.service.LimitQueries;
import dev.tierway.application.tools.JavaTool;
import dev.tierway.application.tools.ToolAnswer;
import dev.tierway.application.tools.ToolConversations;
import dev.tierway.application.tools.ToolOptions;
import dev.tierway.application.tools.ToolStream;
import dev.tierway.bootstrap.Engine;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.WhyNot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Tierway inside a Java program: says which class of answer is needed, gets it from the best replica, with the decision
 * explained. Safe for many threads. Two instances in one JVM share nothing.
 *
 * <p>Methods throw {@link dev.tierway.application.error.TierwayException} if a call isn't delivered.
 */
public final class Tierway implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final Engine engine;

    Tierway(Engine engine) {
        this.engine = engine;
    }

    /** Another face of an engine that runs already. */
    public static Tierway of(Engine engine) {
        return new Tierway(engine);
    }

    /**
     * Starts with a configuration file.
     *
     * @throws InvalidConfigException listing every problem of the file
     */
    public static Tierway open(Path file) {
        return builder().config(GatewayConfig.load(file)).build();
    }

    public static TierwayBuilder builder() {
        return new TierwayBuilder();
    }

    /** Tierway picks the model and the replica. */
    public Routed<ChatResponse> callByTier(ModelTier tier, UseCase useCase, ChatRequest request) {
        return callByTier(tier, useCase, request, CallOptions.NONE);
    }

    public Routed<ChatResponse> callByTier(ModelTier tier, UseCase useCase, ChatRequest request, CallOptions options) {
        return call(Target.tier(tier, useCase), request, options);
    }

    /** The caller picks the model, Tierway the replica. */
    public Routed<ChatResponse> callLogicalModel(String logicalModelId, ChatRequest request) {
        return callLogicalModel(logicalModelId, request, CallOptions.NONE);
    }

    public Routed<ChatResponse> callLogicalModel(String logicalModelId, ChatRequest request, CallOptions options) {
        return call(Target.model(logicalModelId), request, options);
    }

    /** The caller picks the replica: one attempt, no spillover. */
    public Routed<ChatResponse> callReplica(String replicaId, ChatRequest request) {
        return callReplica(replicaId, request, CallOptions.NONE);
    }

    public Routed<ChatResponse> callReplica(String replicaId, ChatRequest request, CallOptions options) {
        return call(Target.replica(replicaId), request, options);
    }

    /**
     * Calls any address and waits. Interrupting the thread cancels the call upstream.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public Routed<ChatResponse> call(Target target, ChatRequest request, CallOptions options) {
        return engine.chat().call(target, request, options);
    }

    /** The same without waiting. Cancelling the future cancels the call upstream. */
    public CompletableFuture<Routed<ChatResponse>> callAsync(Target target, ChatRequest request, CallOptions options) {
        return engine.chat().callAsync(target, request, options);
    }

    /**
     * Asks any address for embeddings and waits. One replica makes all of them; all replicas of a model make them of one
     * size, or fail.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public Routed<EmbeddingResponse> embed(Target target, EmbeddingRequest request, CallOptions options) {
        return engine.chat().embed(target, request, options);
    }

    /** The same without waiting. Cancelling the future cancels the call upstream. */
    public CompletableFuture<Routed<EmbeddingResponse>> embedAsync(
            Target target, EmbeddingRequest request, CallOptions options) {
        return engine.chat().embedAsync(target, request, options);
    }

    /**
     * Calls any address for a streamed answer. Closing the stream early cancels the call upstream.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public ChatStream stream(Target target, ChatRequest request, CallOptions options) {
        return engine.chat().stream(target, request, options);
    }

    /** The same as a reactive stream for one subscriber, whose demand reaches the vendor. Signals must not block. */
    public Flow.Publisher<ChatEvent> streamAsync(Target target, ChatRequest request, CallOptions options) {
        return engine.chat().streamAsync(target, request, options);
    }

    /**
     * Calls any address with tools: the model is asked, the tools it calls run, it reads their results, and so on until it calls
     * no more. Waits. Every step is a call like any other. Interrupting the thread cancels the call upstream and the tools.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public ToolAnswer callWithTools(Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        return engine.part(ToolConversations.class).call(target, request, options, tools);
    }

    /** The same without waiting. Cancelling the future cancels the call upstream and the tools. */
    public CompletableFuture<ToolAnswer> callWithToolsAsync(
            Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        return engine.part(ToolConversations.class).callAsync(target, request, options, tools);
    }

    /** The same in pieces, over all steps. Closing the stream early cancels the call upstream and the tools. */
    public ToolStream streamWithTools(Target target, ChatRequest request, CallOptions options, ToolOptions tools) {
        return engine.part(ToolConversations.class).stream(target, request, options, tools);
    }

    /** Tools of the methods of an object that have {@link dev.tierway.application.tools.Tool}. */
    public static List<JavaTool> toolsOf(Object holder) {
        return AnnotatedTools.of(holder);
    }

    /** What is kept of workflows: where each goes on, and the state its agents share. */
    public Workflows workflows() {
        return engine.part(Workflows.class);
    }

    /** Where a workflow goes on; waits for the storage. */
    public ResumePoint resumePoint(String workflow) {
        return workflows().resumePoint(workflow);
    }

    /** What agents did, used and may still use; resets them and sets their limits while calls run. */
    public AgentControls agents() {
        return engine.part(AgentControls.class);
    }

    /** Who would be called, and why; calls nobody. */
    public Selection explain(Target target, ChatRequest request, CallOptions options) {
        return engine.chat().explain(target, request, options);
    }

    /** Who would be asked for embeddings, and why; asks nobody. */
    public Selection explain(Target target, EmbeddingRequest request, CallOptions options) {
        return engine.chat().explain(target, request, options);
    }

    /**
     * Why a replica isn't the one such a call would go to, and the least that would put it first: found by deciding again
     * on changed facts. Empty if it is no candidate for the call.
     */
    public Optional<WhyNot> whyNot(Target target, ChatRequest request, CallOptions options, String replicaId) {
        return engine.chat().whyNot(target, request, options, new ReplicaId(replicaId));
    }

    /**
     * The document of a decision made here, as the log keeps it; with what suffices to decide again if that is wanted
     * ({@link dev.tierway.application.replay.Replay#of}). Completes on a thread of the log's.
     */
    public CompletionStage<Optional<DecisionDocument>> decision(String id, boolean replay) {
        return engine.part(DecisionQueries.class).decision(Caller.ANYONE, id, replay);
    }

    /** How every replica, model and provider does. */
    public FleetStatus fleet() {
        return engine.fleet().fleet();
    }

    /** Takes replicas out of service and back, and switches rules and the general strategy, on all instances that share the storage. */
    public FleetOperator operate() {
        return engine.operator();
    }

    /** How one provider is used: speed, errors, what is left of its limits and of its account. Empty if there is none of that id. */
    public Optional<ProviderUsage> usage(String provider) {
        return engine.fleet().usage(provider);
    }

    /** What is left of limits: per replica, the one with least headroom first, and how uneven siblings are. */
    public QuotaStatus quota() {
        return engine.fleet().quota();
    }

    /**
     * What those who call have left of their budgets and other limits, the one nearest to its end first; of limits that count each
     * name for itself, the names this process has heard lately. A store that doesn't answer is an answer, too.
     */
    public CompletionStage<LimitsStatus> limits() {
        return engine.part(LimitQueries.class).limits();
    }

    /** Every attempt made, as the account book has them: for programs, exports and bills. */
    public CallHistory history() {
        return engine.part(CallHistory.class);
    }

    /**
     * What attempts came to; waits for the storage.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public LedgerTotals spend(LedgerQuery query, LedgerGroup by) {
        return history().spend(query, by);
    }

    public List<LogicalModel> models() {
        return engine.fleet().models();
    }

    /** The model of that id, or the one an alias or a replica of that name stands for. */
    public Optional<LogicalModel> findModel(String name) {
        return engine.fleet().findModel(name);
    }

    /**
     * The rules in force: switch them, or the general strategy, while calls run, in this process only. {@link #operate()}
     * does it for all instances, and for good.
     */
    public RoutingRules rules() {
        return engine.rules();
    }

    /** What became of the calls of each arm of every {@code ab-test} rule, since this process started. */
    public List<ExperimentReport> experiments() {
        return engine.experiments().experiments();
    }

    /** The plugins that take part in calls: attach and detach them while calls run, in this process only. */
    public Plugins plugins() {
        return engine.part(Plugins.class);
    }

    /** Where to hear of events from now on. */
    public EventBus events() {
        return engine.part(EventBus.class);
    }

    /** The configuration in force. */
    public GatewayConfig config() {
        return engine.config();
    }

    /**
     * Reads the configuration's file again and puts it in force: for every call that begins from now on, while those that run
     * keep the one they began with. Waits until it is. Placeholders are filled from the process's environment; where they come from
     * elsewhere, load the configuration and give it to {@link #reload(GatewayConfig)}.
     *
     * @return what changed; {@link ConfigOutcome.Unchanged} if the file is what is in force already
     * @throws InvalidConfigException listing every problem, among them what can't change without a restart; nothing has changed
     *     then
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public ConfigOutcome reload() {
        return engine.reconfigure().reload();
    }

    /** The same with another file, which is the one that is read again from now on. */
    public ConfigOutcome reload(Path file) {
        return engine.reconfigure().reload(file);
    }

    /** The same with a configuration made or read otherwise. */
    public ConfigOutcome reload(GatewayConfig config) {
        return engine.reconfigure().reload(config);
    }

    /**
     * Puts an earlier configuration in force again, under a new number. Files stay as they are.
     *
     * @param generation its number, as in decisions and in {@link #configHistory}
     * @throws InvalidConfigException if there is none of that number, it isn't kept whole, or can't be used any more
     */
    public ConfigOutcome rollback(long generation) {
        return engine.reconfigure().rollback(generation);
    }

    /** At most that many configurations that were in force, the newest first. */
    public List<ConfigGeneration> configHistory(int limit) {
        return engine.reconfigure().history(limit);
    }

    /** Takes no more calls, waits up to 30 s for the running ones, then cancels them. */
    @Override
    public void close() {
        engine.close(DRAIN);
    }
}
