package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.AttemptLoop;
import dev.tierway.adapter.providers.http.Countdown;
import dev.tierway.adapter.providers.http.NetworkFailures;
import dev.tierway.adapter.providers.http.Outbox;
import dev.tierway.adapter.providers.http.UpstreamExchange;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from its request to its end. Lives on one event loop: connect, then the head decides who reads the body,
 * then the reader's findings go out as fast as the caller takes them. The sink is never called from within
 * {@link #open}, {@link #request} or {@link #cancel}.
 */
final class HttpAttempt implements AttemptHandle, UpstreamExchange.Listener, ReplyReader.Findings {
    private static final Logger LOG = LoggerFactory.getLogger(HttpAttempt.class);

    /** How soon a place among the provider's connections may be free again. */
    private static final long POOL_RETRY_MILLIS = 100;

    private final HttpTransport transport;
    private final AttemptRequest attempt;
    private final AttemptSink sink;
    private final Consumer<HttpAttempt> gone;
    private final AttemptLoop loop;
    private final UpstreamExchange exchange;
    private final Countdown countdown;
    private final Outbox outbox;
    private final UsageTally tally;
    private final long startNanos = System.nanoTime();
    private @Nullable ReplyReader reader;
    private boolean admitted;
    private boolean sent;
    private boolean flowing;
    private boolean over;

    HttpAttempt(HttpTransport transport, AttemptRequest attempt, AttemptSink sink, Consumer<HttpAttempt> gone) {
        this.transport = transport;
        this.attempt = attempt;
        this.sink = sink;
        this.gone = gone;
        this.loop = AttemptLoop.current(transport.vertx);
        this.exchange = new UpstreamExchange(transport.vertx, transport.clients, this);
        this.countdown = new Countdown(transport.vertx, this::expired);
        this.outbox = new Outbox(sink, attempt.stream());
        this.tally = new UsageTally(attempt.inputEstimate());
    }

    void open() {
        loop.later(() -> guarded(this::start));
    }

    @Override
    public void request(long events) {
        loop.enter(() -> {
            if (outbox.backlog() && !outbox.delivering()) {
                loop.later(() -> demand(events));
            } else {
                demand(events);
            }
        });
    }

    @Override
    public void cancel() {
        loop.enter(() -> stop(FailureClass.CANCELLED, "the caller left"));
    }

    /** The provider leaves the configuration, or Tierway stops. */
    void closeTransport() {
        loop.enter(() -> stop(FailureClass.INTERNAL, "the provider's transport was closed during the attempt"));
    }

    private void start() {
        if (over) {
            return;
        }
        UpstreamRequest request;
        try {
            if (attempt.operation() == Operation.EMBEDDINGS && !transport.api.embeds()) {
                throw new IllegalArgumentException("it has no embeddings");
            }
            request = transport.request(attempt);
        } catch (RuntimeException e) {
            failed(Failure.of(
                    FailureClass.INVALID_REQUEST,
                    Processed.NO,
                    "the request can't be expressed in the provider's dialect: " + e.getMessage()));
            return;
        }
        admitted = transport.clients.enter();
        if (!admitted) {
            failed(new Failure(
                    FailureClass.RATE_LIMITED,
                    Failure.Scope.PROVIDER,
                    Processed.NO,
                    null,
                    POOL_RETRY_MILLIS,
                    null,
                    "every connection Tierway may open to the provider is in use: raise max-connections"));
            return;
        }
        countdown.until(startNanos + attempt.clocks().connectNanos());
        RequestOptions options = transport.options(attempt, request);
        Future<Void> authorized = transport.authorizer.authorize(options, request.body());
        if (authorized.succeeded()) {
            exchange.start(options, request.body());
        } else {
            authorized.onComplete(
                    nothing -> loop.enter(() -> guarded(() -> authorized(options, request))),
                    refused -> loop.enter(() -> unauthorized(refused)));
        }
    }

    private void authorized(RequestOptions options, UpstreamRequest request) {
        if (!over) {
            exchange.start(options, request.body());
        }
    }

    private void unauthorized(Throwable why) {
        failed(new Failure(
                FailureClass.CREDENTIAL,
                Failure.Scope.PROVIDER,
                Processed.NO,
                null,
                null,
                null,
                "no credential could be had: " + transport.api.errors().clean(String.valueOf(why.getMessage()))));
    }

    @Override
    public void sent() {
        sent = true;
        countdown.until(startNanos
                + (attempt.stream()
                        ? attempt.clocks().firstTokenNanos()
                        : attempt.clocks().wholeNanos()));
        sink.sent();
    }

    @Override
    public void head(UpstreamHead head) {
        guarded(() -> {
            List<VendorLimit> limits = transport.api.limits(head);
            if (!limits.isEmpty()) {
                sink.limits(limits);
            }
            reader = transport.readerFor(head, attempt, tally, this);
            if (!(reader instanceof RefusalReader)) {
                sink.head(head.forCaller());
            }
        });
    }

    @Override
    public void body(byte[] bytes) {
        guarded(() -> {
            if (reader != null) {
                reader.bytes(bytes);
            }
            rest();
        });
    }

    @Override
    public void ended() {
        guarded(() -> {
            if (reader != null) {
                reader.ended();
            }
        });
    }

    @Override
    public void broken(Throwable cause) {
        if (transport.closing) {
            closeTransport();
        } else if (!sent) {
            failed(NetworkFailures.connecting(cause));
        } else {
            Failure failure = NetworkFailures.replying(cause);
            failed(reader == null ? failure : reader.cut(failure));
        }
    }

    @Override
    public void embedded(int dimensions) {
        if (!over) {
            sink.embedded(dimensions);
        }
    }

    @Override
    public void event(ReplyEvent event) {
        if (over) {
            return;
        }
        flowing |= event.semantic();
        if (flowing && attempt.stream()) {
            countdown.until(System.nanoTime() + attempt.clocks().idleNanos());
        }
        outbox.event(event);
    }

    @Override
    public void end(TokenUsage usage) {
        if (!over) {
            leave();
            exchange.complete();
            outbox.end(usage);
        }
    }

    @Override
    public void failed(Failure failure) {
        if (!over) {
            leave();
            exchange.abort();
            outbox.failed(failure);
        }
    }

    private void demand(long events) {
        outbox.request(events);
        rest();
    }

    /** Reads no further than the caller takes; but without a first token it reads on, so that its clock can end. */
    private void rest() {
        if (over) {
            return;
        }
        if (outbox.backlog() || (flowing && outbox.full())) {
            exchange.pause();
            if (flowing) {
                countdown.pause();
            }
        } else if (exchange.isPaused()) {
            if (flowing) {
                countdown.until(System.nanoTime() + attempt.clocks().idleNanos());
            }
            loop.later(exchange::resume);
        }
    }

    private void expired() {
        if (!sent) {
            failed(NetworkFailures.connectTimeout());
            return;
        }
        if (reader instanceof RefusalReader refusal) {
            refusal.ended(); // its status says more than that its body is slow
            return;
        }
        String what = !attempt.stream()
                ? "the provider's reply was not complete in time"
                : flowing ? "the provider's stream fell silent" : "the provider sent no first token in time";
        failed(new Failure(
                FailureClass.TIMEOUT, Failure.Scope.REPLICA, Processed.UNKNOWN, null, null, tally.soFar(), what));
    }

    private void stop(FailureClass why, String message) {
        TokenUsage usage = !sent ? null : tally.total();
        Failure failure = new Failure(
                why, Failure.Scope.REPLICA, sent ? Processed.UNKNOWN : Processed.NO, null, null, usage, message);
        if (!over) {
            leave();
            exchange.abort();
        }
        loop.later(outbox.close(failure));
    }

    /** Our own mistakes end the attempt too, instead of leaving it to its clocks. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("attempt {} failed on Tierway's side", attempt.attempt(), e);
            failed(Failure.of(
                    FailureClass.INTERNAL,
                    sent ? Processed.UNKNOWN : Processed.NO,
                    "Tierway's transport failed: " + e.getClass().getSimpleName()));
        }
    }

    private void leave() {
        over = true;
        countdown.stop();
        if (admitted) {
            transport.clients.leave();
        }
        gone.accept(this);
    }
}
