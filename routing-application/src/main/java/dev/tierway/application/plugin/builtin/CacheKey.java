package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.replay.PlainRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What two calls must have in common to get the same answer: whose they are, whom they ask and under which conditions, the
 * form the answer comes in, and the request, in neutral types, so that neither white space nor the order of members counts.
 * Of the caller's own names (agent, workflow, session, tags) none counts.
 */
final class CacheKey {
    private final MessageDigest digest;

    private CacheKey(MessageDigest digest) {
        this.digest = digest;
    }

    /** SHA-256: a hash nobody can aim at, so that no request can be made to hit another's answer. */
    static String of(PluginCall call) {
        CacheKey key = new CacheKey(sha256());
        CallCommand command = call.command();
        WireFormat format = command.facts().format();
        key.add(call.tenant());
        key.add(command.target().getClass().getSimpleName());
        key.add(command.target().address());
        key.add(call.stream());
        key.add(format == null ? "neutral" : format.id());
        CallOptions options = command.options();
        key.add(List.of(options.local().name(), options.exclude(), options.only(), options.require()));
        key.add(options.maxCostUsd());
        key.add(options.escalateTo());
        key.add(options.optimize());
        key.add(options.strategy());
        key.add(options.onUnsupported());
        key.add(canonical(call.request()));
        return HexFormat.of().formatHex(key.digest.digest());
    }

    private static Map<String, ?> canonical(NeutralRequest request) {
        return switch (request) {
            case ChatRequest chat -> PlainRecords.plain(chat, ChatRequest.class);
            case EmbeddingRequest embeddings -> PlainRecords.plain(embeddings, EmbeddingRequest.class);
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** With its kind and length in front: no two values are written alike. */
    private void add(@Nullable Object value) {
        switch (value) {
            case null -> digest.update((byte) 'n');
            case Map<?, ?> map -> {
                size('m', map.size());
                map.forEach((name, one) -> {
                    add(name);
                    add(one);
                });
            }
            case List<?> list -> {
                size('l', list.size());
                list.forEach(this::add);
            }
            case Object one -> {
                byte[] bytes = one.toString().getBytes(StandardCharsets.UTF_8);
                size(one instanceof String ? 's' : 'v', bytes.length);
                digest.update(bytes);
            }
        }
    }

    private void size(char kind, int size) {
        digest.update((byte) kind);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (size >> shift));
        }
    }
}
