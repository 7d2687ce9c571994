package dev.tierway.application.idempotency;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls with an idempotency key: the first runs, those that come meanwhile wait for its answer, those that come later get it
 * again. Calls without a key pass through.
 */
public final class IdempotentCalls implements CallAddress {
    private static final int LONGEST_KEY = 255;

    private final CallAddress calls;
    private final KeptReplies kept;
    private final CallExecutors executors;
    private final Map<KeptReplies.Name, Flight> flights = new ConcurrentHashMap<>();

    public IdempotentCalls(CallAddress calls, KeptReplies kept, CallExecutors executors) {
        this.calls = calls;
        this.kept = kept;
        this.executors = executors;
    }

    /**
     * @throws InvalidRequestException 400 for a key that can't be one, 422 if it stood for another request before
     */
    @Override
    public CallHandle call(CallCommand command, ReplySink sink) {
        String key = command.options().idempotencyKey();
        if (key == null) {
            return calls.call(command, sink);
        }
        requireKey(key);
        String caller = command.key();
        KeptReplies.Name name = new KeptReplies.Name(caller == null ? "" : caller, key);
        Asker asker = new Asker(this, name, AskedRequest.of(command), command, sink, executors.forCall());
        asker.ask();
        return asker;
    }

    private static void requireKey(String key) {
        boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
            throw new InvalidRequestException(TierwayException.Details.of(
                    400,
                    "invalid_request",
                    "An idempotency key has 1 to " + LONGEST_KEY + " printable characters without spaces."));
        }
    }

    /** The reply kept; null if there is none. */
    @Nullable
    KeptReply reply(Asker asker) {
        KeptReply reply = kept.find(asker.name());
        if (reply != null) {
            requireSame(asker, reply.request());
        }
        return reply;
    }

    /** The call that runs under the key, with this one waiting for it; null if this one is to run. */
    @Nullable
    Flight join(Asker asker) {
        while (true) {
            Flight running = flights.putIfAbsent(asker.name(), new Flight(this, asker));
            if (running == null) {
                return null;
            }
            requireSame(asker, running.request());
            if (running.wait(asker)) {
                return running;
            }
            flights.remove(asker.name(), running);
        }
    }

    private static void requireSame(Asker asker, Object before) {
        if (!asker.request().equals(before)) {
            throw new InvalidRequestException(TierwayException.Details.of(
                    422,
                    "idempotency_key_reused",
                    "The idempotency key '" + asker.name().key()
                            + "' stood for another request before; send each request under a key of its own."));
        }
    }

    Flight flight(Asker asker) {
        Flight own = flights.get(asker.name());
        if (own == null || !own.isOf(asker)) {
            throw new IllegalStateException("an idempotent call lost its place");
        }
        return own;
    }

    CallHandle start(CallCommand command, ReplySink sink) {
        return calls.call(command, sink);
    }

    long mostBytes() {
        return kept.mostBytes();
    }

    /** @param reply null: whoever waits tries itself */
    void landed(Flight flight, @Nullable KeptReply reply) {
        if (reply != null) {
            kept.keep(flight.name(), reply);
        }
        flights.remove(flight.name(), flight);
    }
}
