package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts streamed tool calls in order. Vendors number all calls 0, repeat id and name in every piece, or split a name: a
 * call is announced once, with its whole name, when its arguments begin or it ends.
 */
final class ToolCallTracker {
    private final Map<Place, Call> open = new LinkedHashMap<>();
    private final Map<Integer, Integer> counts = new LinkedHashMap<>();

    /** @param piece one element of a delta's {@code tool_calls} */
    void add(int choice, JsonNode piece, List<ChatEvent> out) {
        Place place = new Place(choice, piece.path("index").asInt(0));
        String id = piece.path("id").asText("");
        JsonNode function = piece.path("function");
        String name = function.path("name").asText("");
        Call call = open.get(place);
        if (call == null || call.isOther(id, name)) {
            announce(call, out);
            call = new Call(choice, counts.merge(choice, 1, Integer::sum) - 1);
            open.put(place, call);
        }
        call.name(id, name);
        JsonNode given = function.path("arguments");
        String arguments = given.isContainerNode() ? given.toString() : given.asText("");
        if (!arguments.isEmpty()) {
            out.add(call.piece(arguments));
        }
    }

    /** Announces calls without arguments: the choice is over. */
    void finish(int choice, List<ChatEvent> out) {
        for (Call call : open.values()) {
            if (call.choice == choice) {
                announce(call, out);
            }
        }
    }

    private static void announce(@Nullable Call call, List<ChatEvent> out) {
        if (call != null && !call.announced) {
            out.add(call.piece(""));
        }
    }

    private record Place(int choice, int wireIndex) {}

    private static final class Call {
        private final int choice;
        private final int index;
        private String id = "";
        private String name = "";
        private boolean announced;

        Call(int choice, int index) {
            this.choice = choice;
            this.index = index;
        }

        /** Whether a piece at the same place begins another call. */
        boolean isOther(String nextId, String nextName) {
            if (!nextId.isEmpty() && !id.isEmpty()) {
                return !nextId.equals(id);
            }
            return announced && !nextName.isEmpty() && !nextName.equals(name);
        }

        void name(String nextId, String nextName) {
            if (id.isEmpty()) {
                id = nextId;
            }
            if (!announced && !nextName.equals(name)) {
                name += nextName;
            }
        }

        ChatEvent.ToolCallDelta piece(String arguments) {
            boolean first = !announced;
            announced = true;
            String known = id.isEmpty() ? "call_" + choice + "_" + index : id;
            return new ChatEvent.ToolCallDelta(choice, index, first ? known : null, first ? name : null, arguments);
        }
    }
}
