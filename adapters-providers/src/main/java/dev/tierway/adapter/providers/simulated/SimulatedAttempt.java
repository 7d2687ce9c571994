package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.http.AttemptLoop;
import dev.tierway.adapter.providers.http.Countdown;
import dev.tierway.adapter.providers.http.Outbox;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.simulated.SimulatedReply.Beat;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays one reply in real time, under the same clocks and the same back-pressure as an attempt over HTTP. */
final class SimulatedAttempt implements AttemptHandle {
    private static final long ENDLESS_PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final ScriptBook scripts;
    private final AttemptRequest attempt;
    private final AttemptSink sink;
    private final Consumer<SimulatedAttempt> gone;
    private final AttemptLoop loop;
    private final Countdown countdown;
    private final Outbox outbox;
    private final long startNanos = System.nanoTime();
    private @Nullable SimulatedReply reply;
    private int next;
    private int tokens;
    private boolean waiting;
    private boolean flowing;
    private boolean resting;
    private boolean over;

    SimulatedAttempt(
            Vertx vertx,
            ScriptBook scripts,
            AttemptRequest attempt,
            AttemptSink sink,
            Consumer<SimulatedAttempt> gone) {
        this.vertx = vertx;
        this.scripts = scripts;
        this.attempt = attempt;
        this.sink = sink;
        this.gone = gone;
        this.loop = AttemptLoop.current(vertx);
        this.countdown = new Countdown(vertx, this::expired);
        this.outbox = new Outbox(sink, attempt.stream());
    }

    void open() {
        loop.later(this::start);
    }

    @Override
    public void request(long events) {
        loop.later(() -> {
            outbox.request(events);
            play();
        });
    }

    @Override
    public void cancel() {
        loop.enter(() -> stop(FailureClass.CANCELLED, "the caller left"));
    }

    void closeTransport() {
        loop.enter(() -> stop(FailureClass.INTERNAL, "the provider's transport was closed during the attempt"));
    }

    private void start() {
        if (over) {
            return;
        }
        SimulatedReply planned;
        try {
            String model = attempt.replica().upstreamModel();
            String where = attempt.replica().id().value();
            planned = switch (attempt.payload().neutral()) {
                case ChatRequest chat -> SimulatedReply.to(NeutralAsk.of(chat, model, where), scripts.next(model));
                case EmbeddingRequest embeddings ->
                    SimulatedReply.to(EmbeddingAsk.of(embeddings, model), where, scripts.next(model));
            };
        } catch (RuntimeException e) {
            fail(Failure.of(
                    FailureClass.INVALID_REQUEST, Processed.NO, "the request can't be read: " + e.getMessage()));
            return;
        }
        reply = planned;
        sink.sent();
        countdown.until(startNanos
                + (attempt.stream()
                        ? attempt.clocks().firstTokenNanos()
                        : attempt.clocks().wholeNanos()));
        LimitMeter.Metered metered = planned.turn().charge(planned.answer().usage());
        tellLimits(metered);
        ScriptedFault refusal = metered.refusal();
        if (refusal != null) {
            fail(SimulatedFailures.refusal(refusal, System.currentTimeMillis()));
        } else if (planned.fails() && planned.effectAt() < 0) {
            misbehave(planned);
        } else {
            sink.head(new ReplyHead(
                    200, Map.of("x-request-id", "sim-" + planned.turn().request())));
            play();
        }
    }

    private void tellLimits(LimitMeter.Metered metered) {
        List<VendorLimit> limits = LimitHeaders.read(
                SimulatedFailures.headers(metered.headers()), Vendor.OTHER, System.currentTimeMillis());
        if (!limits.isEmpty()) {
            sink.limits(limits);
        }
    }

    private void play() {
        SimulatedReply planned = reply;
        while (planned != null && !over && !waiting && !rests()) {
            if (planned.fails() && (next >= planned.effectAt() || !attempt.stream())) {
                misbehave(planned);
                return;
            }
            long due = attempt.stream()
                    ? next < planned.beats().size() ? planned.beats().get(next).dueNanos() : 0
                    : planned.wholeDueNanos();
            if (sleeps(startNanos + due)) {
                return;
            }
            if (!attempt.stream()) {
                deliverWhole(planned);
            } else if (next == planned.beats().size()) {
                end(planned.usage(attempt.inputEstimate()));
            } else {
                emit(planned.beats().get(next++));
            }
        }
    }

    private void misbehave(SimulatedReply planned) {
        ScriptedFault fault = planned.turn().fault();
        switch (planned.effect()) {
            case REFUSE -> {
                if (fault != null) {
                    fail(SimulatedFailures.refusal(fault, System.currentTimeMillis()));
                }
            }
            case CUT, NONSENSE -> fail(SimulatedFailures.stopped(planned.effect(), flowing, seen()));
            case ENDLESS -> babble(planned);
            case SILENCE, NO_USAGE, NONE -> {
                // Nothing more comes: the clocks end it.
            }
        }
    }

    private void babble(SimulatedReply planned) {
        if (attempt.stream() && !over && !rests()) {
            emit(new Beat(0, planned.beats().get(1).event(), 1));
        }
        if (!over) {
            vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(ENDLESS_PACE_NANOS), id -> babble(planned));
        }
    }

    private void deliverWhole(SimulatedReply planned) {
        TokenUsage usage = planned.usage(attempt.inputEstimate());
        if (!planned.embeddings().isEmpty()) {
            sink.embedded(planned.embeddings().getFirst().dimensions());
        }
        outbox.event(new ReplyEvent.Whole(planned.whole(usage)));
        end(usage);
    }

    private void emit(Beat beat) {
        tokens += beat.tokens();
        flowing |= beat.event().semantic();
        if (flowing) {
            countdown.until(System.nanoTime() + attempt.clocks().idleNanos());
        }
        outbox.event(new ReplyEvent.Piece(beat.event()));
    }

    /** Whether the caller takes no more: the idle clock rests too. */
    private boolean rests() {
        boolean full = outbox.backlog() || (flowing && outbox.full());
        if (full && flowing) {
            countdown.pause();
        } else if (resting && flowing) {
            countdown.until(System.nanoTime() + attempt.clocks().idleNanos());
        }
        resting = full;
        return full;
    }

    private boolean sleeps(long dueNanos) {
        long nanos = dueNanos - System.nanoTime();
        if (nanos <= 0) {
            return false;
        }
        waiting = true;
        vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, id -> {
            waiting = false;
            play();
        });
        return true;
    }

    private void expired() {
        fail(new Failure(
                FailureClass.TIMEOUT,
                Failure.Scope.REPLICA,
                Processed.UNKNOWN,
                null,
                null,
                tokens == 0 ? null : seen(),
                "simulated: nothing came in time"));
    }

    private TokenUsage seen() {
        return TokenUsage.estimated(attempt.inputEstimate(), tokens);
    }

    private void end(TokenUsage usage) {
        leave();
        outbox.end(usage);
    }

    private void fail(Failure failure) {
        if (!over) {
            leave();
            outbox.failed(failure);
        }
    }

    private void stop(FailureClass why, String message) {
        boolean sent = reply != null;
        Failure failure = new Failure(
                why,
                Failure.Scope.REPLICA,
                sent ? Processed.UNKNOWN : Processed.NO,
                null,
                null,
                sent ? seen() : null,
                message);
        if (!over) {
            leave();
        }
        loop.later(outbox.close(failure));
    }

    private void leave() {
        over = true;
        countdown.stop();
        gone.accept(this);
    }
}
