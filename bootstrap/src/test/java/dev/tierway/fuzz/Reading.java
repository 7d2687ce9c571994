package dev.tierway.fuzz;

import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import java.util.Arrays;
import java.util.function.Function;

/** Reads a reply and holds the reader to its word: it ends once, and says nothing afterwards. */
final class Reading implements ReplyReader.Findings {
    private int endings;

    private Reading() {}

    /** @param stride bytes of a packet */
    static void check(Function<ReplyReader.Findings, ReplyReader> readers, byte[] body, int stride) {
        Reading reading = new Reading();
        ReplyReader reader = readers.apply(reading);
        for (int at = 0; at < body.length && reading.endings == 0; at += stride) {
            reader.bytes(Arrays.copyOfRange(body, at, Math.min(body.length, at + stride)));
        }
        if (reading.endings == 0) {
            reader.ended();
        }
        if (reading.endings != 1) {
            throw new AssertionError(reading.endings + " endings");
        }
    }

    @Override
    public void event(ReplyEvent event) {
        if (endings > 0) {
            throw new AssertionError("an event after the end: " + event);
        }
    }

    @Override
    public void end(TokenUsage usage) {
        endings++;
        if (usage.input() < 0 || usage.output() < 0) {
            throw new AssertionError(usage.toString());
        }
    }

    @Override
    public void failed(Failure failure) {
        endings++;
    }
}
