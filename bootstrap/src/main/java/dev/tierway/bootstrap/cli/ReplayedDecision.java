package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.replay.Replay;
import dev.tierway.bootstrap.cli.show.Documents;

/** A decision made again from its record, for people and scripts. */
record ReplayedDecision(String id, Replay replay) {
    /** @throws CommandFailure if it can't be made again */
    static ReplayedDecision of(JsonNode decision) {
        try {
            return new ReplayedDecision(decision.path("id").asText(), Replay.of(Documents.map(decision)));
        } catch (IllegalArgumentException impossible) {
            throw new CommandFailure(impossible.getMessage() + ".");
        }
    }

    /** Returns the command's status. */
    int show(Session session) {
        session.show(json(), this::text);
        return replay.same() ? 0 : 1;
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("same", replay.same());
        ArrayNode rounds = json.putArray("rounds");
        for (Replay.Round round : replay.rounds()) {
            ArrayNode differences =
                    rounds.addObject().put("attempt", round.attempt()).putArray("differences");
            round.differences().forEach(differences::add);
        }
        return json;
    }

    private String text() {
        int rounds = replay.rounds().size();
        if (replay.same()) {
            return id + ": the same decision, made again from its record (" + rounds
                    + (rounds == 1 ? " round)\n" : " rounds)\n");
        }
        StringBuilder text = new StringBuilder(id).append(": another decision\n");
        for (Replay.Round round : replay.rounds()) {
            for (String difference : round.differences()) {
                text.append("attempt ")
                        .append(round.attempt())
                        .append(": ")
                        .append(difference)
                        .append('\n');
            }
        }
        return text.toString();
    }
}
