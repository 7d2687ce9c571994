package dev.tierway.application.agents;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.agent.Fingerprint;
import dev.tierway.domain.agent.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an answer says and asks for, of its first choice, as it goes by. Of long ones the beginning. For one thread. */
final class HeardReply {
    /** Of text, and of all tool calls together, in characters. */
    private static final int MOST = 256 << 10;

    private static final int MOST_CALLS = 64;

    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private int argumentChars;
    private boolean heard;

    private static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    void hear(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Whole whole -> {
                if (whole.reply() instanceof ChatResponse response) {
                    whole(response);
                }
            }
            case ReplyEvent.Piece(ChatEvent piece) -> piece(piece);
            case ReplyEvent.Frame(byte[] bytes, ReplyEvent.Frame.Kind kind) -> {
                if (kind == ReplyEvent.Frame.Kind.SEMANTIC) {
                    HeardFrame.read(bytes, this);
                }
            }
        }
    }

    private void whole(ChatResponse response) {
        if (response.choices().isEmpty()) {
            return;
        }
        ChatMessage message = response.choices().getFirst().message();
        for (Part part : message.parts()) {
            if (part instanceof Part.Text(String said)) {
                text(said);
            } else if (part instanceof Part.Refusal(String refused)) {
                text(refused);
            }
        }
        for (ToolCall call : message.toolCalls()) {
            call(calls.size(), call.name(), call.arguments().json());
        }
    }

    private void piece(ChatEvent piece) {
        switch (piece) {
            case ChatEvent.TextDelta(int choice, String more) when choice == 0 -> text(more);
            case ChatEvent.RefusalDelta(int choice, String more) when choice == 0 -> text(more);
            case ChatEvent.ToolCallDelta delta
            when delta.choice() == 0 -> call(delta.index(), delta.name(), delta.arguments());
            default -> {
                // Neither said nor asked for, or another choice.
            }
        }
    }

    void text(String more) {
        heard = true;
        text.append(more, 0, Math.min(more.length(), MOST - text.length()));
    }

    /** @param name null: as told before */
    void call(int index, @Nullable String name, String arguments) {
        heard = true;
        if (!calls.containsKey(index) && calls.size() == MOST_CALLS) {
            return;
        }
        Call call = calls.computeIfAbsent(index, one -> new Call());
        call.name = name == null ? call.name : name;
        int room = Math.min(arguments.length(), MOST - argumentChars);
        call.arguments.append(arguments, 0, room);
        argumentChars += room;
    }

    /** Null if nothing of it could be made out. */
    @Nullable
    Fingerprint output(boolean nearDuplicates) {
        if (!heard) {
            return null;
        }
        StringBuilder all = new StringBuilder(nearDuplicates ? normal(text) : text.toString());
        for (Call call : calls.values()) {
            all.append('\u0000').append(call.name).append('\u0000').append(Canonical.of(call.arguments.toString()));
        }
        return Fingerprint.of(all.toString());
    }

    /** Letters alone, small, one space between words. */
    static String normal(CharSequence text) {
        StringBuilder normal = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || Character.isSurrogate(c)) {
                if (space && !normal.isEmpty()) {
                    normal.append(' ');
                }
                normal.append(Character.toLowerCase(c));
                space = false;
            } else {
                space = true;
            }
        }
        return normal.toString();
    }

    List<ToolUse> made() {
        List<ToolUse> made = new ArrayList<>(calls.size());
        for (Call call : calls.values()) {
            made.add(new ToolUse(call.name, Canonical.call(call.name, call.arguments.toString()), null));
        }
        return made;
    }
}
