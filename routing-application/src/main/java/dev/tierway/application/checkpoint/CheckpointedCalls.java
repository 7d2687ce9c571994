package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.StepKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Calls that are steps of a workflow: a step that was completed before is answered by what was kept, and paid for once. All
 * other calls go on as they are.
 */
public final class CheckpointedCalls implements CallAddress, RoutingListener {
    /** Of a workflow's state, in UTF-8. */
    public static final int MOST_STATE_BYTES = 256 << 10;

    private final CheckpointParts parts;
    private final CheckpointSettings settings;
    private final BooleanSupplier loops;
    private final Map<String, StepCall> running = new ConcurrentHashMap<>();

    public CheckpointedCalls(CheckpointParts parts, CheckpointSettings settings) {
        this(parts, settings, () -> false);
    }

    /** @param loops whether states are looked at for loops, too */
    public CheckpointedCalls(CheckpointParts parts, CheckpointSettings settings, BooleanSupplier loops) {
        this.parts = parts;
        this.settings = settings;
        this.loops = loops;
    }

    @Override
    public CallHandle call(CallCommand command, ReplySink sink) {
        CallOptions options = command.options();
        if (options.state() != null || options.stateVersion() != null) {
            check(options);
        }
        boolean step = options.workflow() != null
                && (options.step() != null || options.state() != null)
                && command.payload().operation() == Operation.CHAT;
        if (!step || !settings.enabled()) {
            return parts.calls().call(command, sink);
        }
        StepCall call = new StepCall(parts, settings, command, sink, running);
        call.begin();
        return call;
    }

    private void check(CallOptions options) {
        JsonText state = options.state();
        if (!settings.enabled() && (options.stateVersion() != null || !loops.getAsBoolean())) {
            throw invalid("'state' needs checkpoints, which are off: set agents.checkpoints in the configuration");
        }
        if (options.workflow() == null) {
            throw invalid("'state' is a workflow's: name it with the option 'workflow'");
        }
        if (state == null) {
            throw invalid("'state_version' is about 'state', which isn't there: add it, or leave both out");
        }
        checkState(state.json());
    }

    /** @throws InvalidRequestException if that can't be a workflow's state */
    static void checkState(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > MOST_STATE_BYTES) {
            throw invalid("the state has more than " + MOST_STATE_BYTES
                    + " bytes: keep large things elsewhere, and in the state where they are");
        }
        try {
            dev.tierway.application.json.Json.read(json);
        } catch (IllegalArgumentException wrong) {
            throw invalid("the state is " + wrong.getMessage());
        }
    }

    private static InvalidRequestException invalid(String words) {
        return new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", words));
    }

    /** Where an attempt failed is known at once: the process may die before the call ends. */
    @Override
    public void attemptEnded(LedgerRow row) {
        StepCall step = running.get(row.attempt().callId());
        if (step != null && row.failure() != null) {
            step.failedAt(row.served().replica());
        }
    }

    /** What is kept of steps. */
    public CheckpointStore store() {
        return parts.store();
    }

    /** What a step without a call, such as a tool's use, is kept under. */
    static StepKey key(CallOptions options, String step) {
        return new StepKey(null, String.valueOf(options.workflow()), step);
    }
}
