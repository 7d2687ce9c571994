package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.replay.PlainRecords;
import dev.tierway.domain.money.TokenUsage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Kept answers as plain values, and back, for stores outside the process. */
public final class CachedAnswers {
    private static final String FRAME = "frame";
    private static final String PIECE = "piece";
    private static final String CHAT = "chat";
    private static final String EMBEDDINGS = "embeddings";

    private CachedAnswers() {}

    /** Maps, lists, numbers and strings. */
    public static Map<String, ?> plain(CachedAnswer answer) {
        List<List<?>> events = new ArrayList<>(answer.events().size());
        for (ReplyEvent event : answer.events()) {
            events.add(
                    switch (event) {
                        case ReplyEvent.Frame(byte[] bytes, var kind) ->
                            List.of(FRAME, kind.name(), Base64.getEncoder().encodeToString(bytes));
                        case ReplyEvent.Piece piece ->
                            List.of(PIECE, PlainRecords.plain(piece, ReplyEvent.Piece.class));
                        case ReplyEvent.Whole(ChatResponse chat) ->
                            List.of(CHAT, PlainRecords.plain(chat, ChatResponse.class));
                        case ReplyEvent.Whole(EmbeddingResponse embeddings) ->
                            List.of(
                                    EMBEDDINGS,
                                    embeddings.model(),
                                    embeddings.embeddings().stream()
                                            .map(CachedAnswers::text)
                                            .toList(),
                                    PlainRecords.plain(embeddings.usage(), TokenUsage.class));
                    });
        }
        return Map.of("events", events, "usage", PlainRecords.plain(answer.usage(), TokenUsage.class));
    }

    /** @throws IllegalArgumentException if it was written by another version, or is damaged */
    public static CachedAnswer of(Map<?, ?> plain) {
        try {
            List<ReplyEvent> events = new ArrayList<>();
            for (Object event : (List<?>) Objects.requireNonNull(plain.get("events"))) {
                events.add(event((List<?>) event));
            }
            return new CachedAnswer(
                    events,
                    PlainRecords.record((Map<?, ?>) Objects.requireNonNull(plain.get("usage")), TokenUsage.class));
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("a kept answer is damaged", damaged);
        }
    }

    private static ReplyEvent event(List<?> written) {
        return switch ((String) written.getFirst()) {
            case FRAME ->
                new ReplyEvent.Frame(
                        Base64.getDecoder().decode((String) written.get(2)),
                        ReplyEvent.Frame.Kind.valueOf((String) written.get(1)));
            case PIECE -> PlainRecords.record((Map<?, ?>) written.get(1), ReplyEvent.Piece.class);
            case CHAT -> new ReplyEvent.Whole(PlainRecords.record((Map<?, ?>) written.get(1), ChatResponse.class));
            case EMBEDDINGS ->
                new ReplyEvent.Whole(new EmbeddingResponse(
                        (String) written.get(1),
                        ((List<?>) written.get(2))
                                .stream().map(one -> embedding((String) one)).toList(),
                        PlainRecords.record((Map<?, ?>) written.get(3), TokenUsage.class)));
            case String other -> throw new IllegalArgumentException("a kept answer has an event '" + other + "'");
        };
    }

    private static String text(Embedding embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * embedding.dimensions());
        for (float value : embedding.values()) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static Embedding embedding(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return Embedding.of(values);
    }
}
