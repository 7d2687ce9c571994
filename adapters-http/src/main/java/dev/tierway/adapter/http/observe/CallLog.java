package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Ruling;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one line per call, and one when probes find a replica dead or back. Never what was asked or answered. */
public final class CallLog implements RoutingListener {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Logger log;
    private final MonotonicClock clock;
    private final UnaryOperator<@Nullable String> traceIds;

    /**
     * Writes to the logger {@code dev.tierway.calls}.
     *
     * @param traceIds the trace a running call belongs to; null if it has none
     */
    public CallLog(MonotonicClock clock, UnaryOperator<@Nullable String> traceIds) {
        this(LoggerFactory.getLogger("dev.tierway.calls"), clock, traceIds);
    }

    CallLog(Logger log, MonotonicClock clock, UnaryOperator<@Nullable String> traceIds) {
        this.log = log;
        this.clock = clock;
        this.traceIds = traceIds;
    }

    private LoggingEventBuilder line(LoggingEventBuilder event, String callId) {
        String trace = traceIds.apply(callId);
        LoggingEventBuilder named = event.addKeyValue("decision", callId);
        return trace == null ? named : named.addKeyValue("trace_id", trace);
    }

    @Override
    public void finished(Selection selection) {
        if (!log.isInfoEnabled()) {
            return;
        }
        FinishedCall call = FinishedCall.of(selection);
        ReplicaView replica = call.replica();
        long nanos = clock.nanos() - selection.identity().startNanos();
        Ruling ruling = selection.features().ask().ruling();
        String arm = ruling == null ? null : ruling.arm();
        line(log.atInfo(), selection.identity().callId())
                .addKeyValue("request_id", selection.identity().requestId())
                .addKeyValue("address", selection.features().ask().address())
                .addKeyValue("outcome", call.result().status())
                .addKeyValue("status", call.httpStatus())
                .addKeyValue("code", call.code())
                .addKeyValue(
                        "replica",
                        replica == null
                                ? FinishedCall.NONE
                                : replica.replica().id().value())
                .addKeyValue("rule", ruling == null ? FinishedCall.NONE : ruling.rule())
                .addKeyValue("arm", arm == null ? FinishedCall.NONE : arm)
                .addKeyValue("attempts", selection.attempts())
                .addKeyValue("stream", selection.features().stream())
                .addKeyValue("duration_ms", Math.round(nanos / NANOS_PER_MILLI * 10) / 10.0)
                .log("call finished");
    }

    /** Only news: probes that find the same again are counted, not written. */
    @Override
    public void probed(ProbeReport report) {
        if (report.changed()) {
            log.atWarn()
                    .addKeyValue("replica", report.replica().value())
                    .addKeyValue("probe", report.result().id())
                    .log(report.unhealthy() ? "replica found dead by probes" : "replica answers probes again");
        }
    }

    @Override
    public void internalError(String callId, Throwable error) {
        line(log.atError(), callId).setCause(error).log("call failed inside Tierway");
    }
}
