package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.http.NetworkFailures;
import dev.tierway.adapter.providers.http.UpstreamExchange;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.application.port.out.AccountAnswer;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** One question for an account's rest, and its answer. Lives on one event loop. */
final class AccountLook implements UpstreamExchange.Listener {
    private static final int MOST_BYTES = 64 << 10;
    private static final byte[] NO_BODY = {};

    private final OpenAiAccountProbe probe;
    private final CompletableFuture<AccountAnswer> found;
    private final UpstreamExchange exchange;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long timer = -1;
    private boolean connected;

    AccountLook(OpenAiAccountProbe probe, CompletableFuture<AccountAnswer> found) {
        this.probe = probe;
        this.found = found;
        this.exchange = new UpstreamExchange(probe.vertx, probe.clients, this);
    }

    void begin() {
        timer = probe.vertx.setTimer(Math.max(1, probe.timeout.toMillis()), id -> giveUp("nothing came in time"));
        exchange.start(probe.requests.look(probe.endpoint.path()), NO_BODY);
    }

    void stop() {
        giveUp("the gateway stopped asking");
    }

    private void giveUp(String why) {
        exchange.abort();
        tell(new AccountAnswer.Failed(why));
    }

    private void tell(AccountAnswer answer) {
        probe.vertx.cancelTimer(timer);
        found.complete(answer);
    }

    @Override
    public void sent() {
        connected = true;
    }

    @Override
    public void head(UpstreamHead head) {
        if (!head.accepted()) {
            // Its words could repeat the key; the status says enough.
            giveUp("the vendor answered HTTP " + head.status()
                    + (head.status() == 401 || head.status() == 403
                            ? ": the api-key may not ask for its balance"
                            : ""));
        }
    }

    @Override
    public void body(byte[] bytes) {
        if (body.size() + bytes.length > MOST_BYTES) {
            giveUp("the vendor's answer is longer than 64 KiB");
        } else {
            body.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void ended() {
        tell(probe.endpoint.read(body.toByteArray(), probe.china));
    }

    @Override
    public void broken(Throwable cause) {
        tell(new AccountAnswer.Failed(
                (connected ? NetworkFailures.replying(cause) : NetworkFailures.connecting(cause)).message()));
    }
}
