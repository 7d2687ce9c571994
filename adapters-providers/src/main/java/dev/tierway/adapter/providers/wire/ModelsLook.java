package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.UpstreamExchange;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.domain.fleet.ProbeResult;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One probe: a request, its answer, and what that means. Lives on one event loop. */
final class ModelsLook implements UpstreamExchange.Listener {
    private static final int MOST_BYTES = 256 << 10;
    private static final byte[] NO_BODY = {};
    /** Somebody answers who wants another key, or less of us: the server lives, and calls judge keys and limits. */
    private static final Set<Integer> ALIVE_THOUGH_REFUSING = Set.of(401, 402, 403, 429);

    private final ModelsProbe probe;
    private final String model;
    private final CompletableFuture<ProbeResult> found;
    private final UpstreamExchange exchange;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long timer = -1;
    private boolean connected;
    private int status;

    ModelsLook(ModelsProbe probe, String model, CompletableFuture<ProbeResult> found) {
        this.probe = probe;
        this.model = model;
        this.found = found;
        this.exchange = new UpstreamExchange(probe.vertx, probe.clients, this);
    }

    void begin() {
        timer = probe.vertx.setTimer(Math.max(1, probe.timeout.toMillis()), id -> late());
        exchange.start(probe.requests.look(probe.path), NO_BODY);
    }

    /** The gateway has other plans. */
    void stop() {
        exchange.abort();
        tell(ProbeResult.INCONCLUSIVE);
    }

    private void late() {
        exchange.abort();
        tell(connected ? ProbeResult.TIMED_OUT : ProbeResult.UNREACHABLE);
    }

    private void tell(ProbeResult result) {
        probe.vertx.cancelTimer(timer);
        found.complete(probe.closing ? ProbeResult.INCONCLUSIVE : result);
    }

    @Override
    public void sent() {
        connected = true;
    }

    @Override
    public void head(UpstreamHead head) {
        status = head.status();
        if (!head.accepted()) {
            // The words of a refusal don't matter, and it may never end.
            exchange.abort();
            tell(refused());
        }
    }

    private ProbeResult refused() {
        if (status >= 500) {
            return ProbeResult.FAULTY;
        }
        // A redirect is not followed, and a 404 may be a proxy's word on a path that was never there.
        return ALIVE_THOUGH_REFUSING.contains(status) ? ProbeResult.ALIVE : ProbeResult.INCONCLUSIVE;
    }

    @Override
    public void body(byte[] bytes) {
        if (body.size() + bytes.length > MOST_BYTES) {
            exchange.abort();
            tell(ProbeResult.ALIVE);
        } else {
            body.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void ended() {
        Boolean listed = ModelList.lists(body.toByteArray(), model);
        tell(listed == null || listed ? ProbeResult.ALIVE : ProbeResult.MODEL_NOT_LISTED);
    }

    @Override
    public void broken(Throwable cause) {
        tell(connected ? ProbeResult.FAULTY : ProbeResult.UNREACHABLE);
    }
}
