package dev.tierway.adapter.http;

import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.domain.call.Selection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** Takes calls and lets the test say what comes of each. */
final class FakeCalls implements CallAddress, ExplainRouting {
    private final BlockingQueue<FakeCall> arrived = new LinkedBlockingQueue<>();
    private volatile Consumer<FakeCall> answer = call -> {};
    private volatile TierwayException refusal;
    private volatile CallCommand explained;

    /** Every call from now on is answered like this, at once. */
    void answer(Consumer<FakeCall> newAnswer) {
        answer = newAnswer;
    }

    void refuse(TierwayException newRefusal) {
        refusal = newRefusal;
    }

    @Override
    public FakeCall call(CallCommand command, ReplySink sink) {
        if (refusal != null) {
            throw refusal;
        }
        FakeCall call = new FakeCall(command, sink);
        arrived.add(call);
        answer.accept(call);
        return call;
    }

    @Override
    public Selection explain(CallCommand command) {
        if (refusal != null) {
            throw refusal;
        }
        explained = command;
        return Selections.dryRun("dec_dry", command.requestId(), command.facts().stream());
    }

    CallCommand explained() {
        return explained;
    }

    /** The next call to arrive. */
    FakeCall next() {
        try {
            FakeCall call = arrived.poll(10, TimeUnit.SECONDS);
            Assertions.assertThat(call).as("a call arrived").isNotNull();
            return call;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Forgets what it was told and what arrived. */
    void reset() {
        arrived.clear();
        answer = call -> {};
        refusal = null;
    }

    boolean noneArrived() {
        return arrived.isEmpty();
    }
}
