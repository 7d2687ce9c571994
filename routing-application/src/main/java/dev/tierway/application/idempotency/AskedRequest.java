package dev.tierway.application.idempotency;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.catalogue.Target;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a call asks for: two that are equal get the same answer under one idempotency key.
 *
 * @param content a wire body's hash with its format, or the neutral request itself
 */
record AskedRequest(Target target, boolean stream, CallOptions options, Object content) {
    static AskedRequest of(CallCommand command) {
        Object content = switch (command.payload()) {
            case Payload.Neutral(var request) -> request;
            case Payload.Wire(var request) ->
                request.format().id() + ' ' + HexFormat.of().formatHex(sha256(request.body()));
        };
        return new AskedRequest(command.target(), command.facts().stream(), command.options(), content);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
