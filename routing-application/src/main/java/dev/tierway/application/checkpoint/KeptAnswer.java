package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import java.util.List;
import java.util.Map;

/** A completed step's answer, given again. Nobody is called, nothing is paid, and the decision says so. */
final class KeptAnswer {
    private final CheckpointParts parts;
    private final CallCommand command;
    private final Checkpoint kept;

    KeptAnswer(CheckpointParts parts, CallCommand command, Checkpoint kept) {
        this.parts = parts;
        this.command = command;
        this.kept = kept;
    }

    void give(ReplySink caller) {
        try {
            give(caller, StoredReply.read(kept.reply()), parts.explaining().explain(command));
        } catch (TierwayException refused) {
            caller.refused(refused);
        } catch (IllegalArgumentException unreadable) {
            caller.refused(new InvalidRequestException(TierwayException.Details.of(
                    400,
                    "checkpoint_unreadable",
                    kept.step() + " was completed, but its reply can't be read: " + unreadable.getMessage()
                            + ". To pay for it again, forget the workflow or name the step otherwise")));
        }
    }

    private void give(ReplySink caller, ChatResponse response, Selection dry) {
        ReplicaId id = new ReplicaId(String.valueOf(kept.replica()));
        String words = kept.step() + " was completed before: this is the reply of call " + kept.callId()
                + ", kept; nobody was called, and nothing was paid";
        Selection selection = new Selection(
                dry.identity(),
                dry.generation(),
                dry.seed(),
                dry.features(),
                dry.policy(),
                List.of(),
                new CallResult.Delivered(new AttemptId(dry.identity().callId(), 0), id, response.usage(), NanoUsd.ZERO),
                List.of(words));
        caller.begin(new ReplySink.Begun(
                dry.identity().callId(), replica(id, dry), 0, List.of(words), new ReplyHead(200, Map.of())));
        if (command.facts().stream()) {
            for (ChatEvent piece : StoredReply.pieces(response)) {
                caller.event(new ReplyEvent.Piece(piece));
            }
        } else {
            caller.event(new ReplyEvent.Whole(response));
        }
        parts.decisions().append(selection);
        caller.end(selection);
    }

    /** The one that answered; if it is gone from the configuration, one that would be asked now. */
    private Replica replica(ReplicaId id, Selection dry) {
        Replica there = parts.registry().catalogue().replica(id);
        return there != null ? there : dry.features().ask().candidates().getFirst();
    }
}
