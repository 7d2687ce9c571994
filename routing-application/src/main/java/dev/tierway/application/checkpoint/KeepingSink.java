package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.ReplyAssembler;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.explain.CallCost;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Choice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands an answer on, and keeps it before it says that it is complete. */
final class KeepingSink implements ReplySink {
    private final StepCall call;
    private final ReplySink caller;
    private final ReplyAssembler pieces = new ReplyAssembler();
    private @Nullable ChatResponse whole;
    private boolean streamed;

    KeepingSink(StepCall call, ReplySink caller) {
        this.call = call;
        this.caller = caller;
    }

    @Override
    public void begin(Begun begun) {
        caller.begin(begun);
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Whole unary -> whole = unary.response();
            case ReplyEvent.Piece(var piece) -> {
                streamed = true;
                pieces.add(piece);
            }
            case ReplyEvent.Frame frame -> throw new IllegalStateException("a step is asked in neutral types");
        }
        caller.event(event);
    }

    @Override
    public void refused(TierwayException why) {
        call.lost(List.of());
        caller.refused(why);
    }

    @Override
    public void end(Selection selection) {
        if (!(selection.result() instanceof CallResult.Delivered delivered)) {
            call.lost(failed(selection));
            caller.end(selection);
            return;
        }
        ChatResponse response = streamed ? pieces.whole(delivered.usage()) : whole;
        if (response == null) {
            call.lost(failed(selection));
            caller.end(selection);
            return;
        }
        var unused = call.parts()
                .store()
                .complete(call.writer(), checkpoint(delivered, selection, response))
                .whenComplete((kept, error) -> call.enter(() -> {
                    call.over();
                    caller.end(
                            error != null
                                    ? selection.warned("this step isn't kept: " + error.getMessage())
                                    : kept
                                            ? selection
                                            : selection.warned("this step isn't kept: another writer took it over"));
                }));
    }

    private Checkpoint checkpoint(CallResult.Delivered delivered, Selection selection, ChatResponse response) {
        NanoUsd cost = CallCost.of(selection);
        return new Checkpoint(
                call.step(),
                call.parts().fingerprint().of(call.command().target(), call.request()),
                call.command().options().agent(),
                selection.identity().callId(),
                delivered.replica().value(),
                failed(selection),
                StoredReply.write(response),
                delivered.usage().input(),
                delivered.usage().output(),
                cost == null ? null : (Long) cost.value(),
                call.startedEpochMillis(),
                call.parts().wallClock().epochMillis(),
                call.stateVersion());
    }

    private static List<String> failed(Selection selection) {
        List<String> failed = new ArrayList<>();
        for (Round round : selection.rounds()) {
            AttemptResult result = round.result();
            if (result != null && result.failure() != null && round.choice() instanceof Choice.Chosen chosen) {
                failed.add(chosen.replica().replica().id().value());
            }
        }
        return failed;
    }
}
