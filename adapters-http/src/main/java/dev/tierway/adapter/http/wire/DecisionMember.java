package dev.tierway.adapter.http.wire;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code tierway} member of a stream's end: what only the end knows. */
public final class DecisionMember {
    private DecisionMember() {}

    /**
     * @param begun what headers would have said; null if they said it
     * @param told what the caller may see, and wants to
     */
    public static byte[] of(
            CallResult.Answer delivered, Selection selection, ReplySink.@Nullable Begun begun, Told told) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (told.fleet()) {
            json.put(
                    "cost_usd",
                    delivered.cost() == null ? null : delivered.cost().toDecimalString());
        }
        json.put("attempts", selection.attempts());
        if (told.fleet()) {
            json.put(
                    "replica",
                    delivered instanceof CallResult.Delivered by ? by.replica().value() : null);
        }
        json.put("decision", selection.identity().callId());
        json.put("usage", delivered.usage().how().name().toLowerCase(Locale.ROOT));
        if (begun != null) {
            Replica replica = begun.replica();
            json.put("model", replica == null ? null : replica.model().value());
            json.put("warnings", begun.warnings());
        }
        byte[] member = Json.bytes(json);
        return told.selection() ? ObjectSplice.append(member, "selection", DecisionExplainer.json(selection)) : member;
    }
}
