package dev.tierway.bootstrap.trace;

import dev.tierway.application.error.Errors;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.money.TokenUsage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The spans of calls that run, and of their attempts. A call's own events come one after another. */
final class CallSpans implements RoutingListener {
    private static final String OPERATION = "gen_ai.operation.name";
    private static final String PROVIDER = "gen_ai.provider.name";
    private static final String REQUEST_MODEL = "gen_ai.request.model";
    private static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
    private static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
    private static final String ERROR_TYPE = "error.type";
    private static final String CHAT = "chat";
    private static final String EMBEDDINGS = "embeddings";

    private final Tracer tracer;
    private final Function<ProviderId, String> names;
    private final Map<String, OpenCall> calls = new ConcurrentHashMap<>();

    CallSpans(Tracer tracer, Function<ProviderId, String> names) {
        this.tracer = tracer;
        this.names = names;
    }

    private static final class OpenCall {
        private final Span span;
        private final Map<AttemptId, Span> attempts = new ConcurrentHashMap<>(2);
        private volatile boolean finished;

        private OpenCall(Span span) {
            this.span = span;
        }
    }

    @Override
    public void started(CallIdentity call) {
        Context parent = Context.current();
        boolean remote = Span.fromContext(parent).getSpanContext().isRemote();
        Span span = tracer.spanBuilder("call")
                .setParent(parent)
                .setSpanKind(remote ? SpanKind.SERVER : SpanKind.INTERNAL)
                .setAttribute("tierway.decision", call.callId())
                .setAttribute("tierway.request_id", call.requestId())
                .startSpan();
        calls.put(call.callId(), new OpenCall(span));
    }

    /** Returns what a vendor would be told of the attempt's span; null if its call has none. */
    @Nullable
    String opened(AttemptRequest request) {
        OpenCall call = calls.get(request.attempt().callId());
        if (call == null) {
            return null;
        }
        String operation = request.operation() == Operation.CHAT ? CHAT : EMBEDDINGS;
        String model = request.replica().upstreamModel();
        Span span = tracer.spanBuilder(operation + ' ' + model)
                .setParent(Context.root().with(call.span))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(OPERATION, operation)
                .setAttribute(PROVIDER, names.apply(request.replica().provider()))
                .setAttribute(REQUEST_MODEL, model)
                .setAttribute("tierway.replica", request.replica().id().value())
                .setAttribute("tierway.attempt", request.attempt().n())
                .startSpan();
        call.attempts.put(request.attempt(), span);
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + '-' + context.getSpanId() + '-'
                + context.getTraceFlags().asHex();
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        OpenCall call = calls.get(row.attempt().callId());
        Span span = call == null ? null : call.attempts.remove(row.attempt());
        if (call == null || span == null) {
            return;
        }
        usage(span, row.usage());
        Long firstToken = row.timing().firstTokenNanos();
        if (firstToken != null) {
            span.setAttribute("gen_ai.response.time_to_first_chunk", firstToken / 1e9);
        }
        if (row.cost() != null) {
            span.setAttribute("tierway.cost_usd", row.cost().asUsd());
        }
        span.setAttribute("tierway.outcome", row.outcome().id());
        if (row.failure() != null) {
            span.setAttribute(ERROR_TYPE, row.failure().id());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
        forget(row.attempt().callId(), call);
    }

    @Override
    public void finished(Selection selection) {
        String id = selection.identity().callId();
        OpenCall call = calls.get(id);
        CallResult result = selection.result();
        if (call == null || result == null) {
            return;
        }
        Span span = call.span;
        boolean embeddings = selection.features().needs().contains(Capability.EMBEDDINGS);
        String operation = embeddings ? EMBEDDINGS : CHAT;
        String address = selection.features().ask().address();
        span.updateName(operation + ' ' + address);
        span.setAttribute(OPERATION, operation);
        span.setAttribute(REQUEST_MODEL, address);
        span.setAttribute("tierway.outcome", result.status());
        span.setAttribute("tierway.attempts", selection.attempts());
        if (result instanceof CallResult.Delivered(var attempt, var replica, var usage, var cost)) {
            span.setAttribute("tierway.replica", replica.value());
            usage(span, usage);
            if (cost != null) {
                span.setAttribute("tierway.cost_usd", cost.asUsd());
            }
        } else {
            span.setAttribute(ERROR_TYPE, Errors.of(selection).code());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
        call.finished = true;
        forget(id, call);
    }

    private void forget(String callId, OpenCall call) {
        if (call.finished && call.attempts.isEmpty()) {
            calls.remove(callId);
        }
    }

    private static void usage(Span span, @Nullable TokenUsage usage) {
        if (usage != null) {
            span.setAttribute(INPUT_TOKENS, usage.input());
            span.setAttribute(OUTPUT_TOKENS, usage.output());
        }
    }

    @Nullable
    String traceId(String callId) {
        OpenCall call = calls.get(callId);
        return call == null ? null : call.span.getSpanContext().getTraceId();
    }

    /** Calls that have spans now. */
    int open() {
        return calls.size();
    }
}
