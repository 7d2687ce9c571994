package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** {@code --secret-stdin}: never as an argument, which other users of the machine and the shell's history can see. */
final class SecretOption {
    private static final int LONGEST = 64 << 10;

    @Option(
            names = "--secret-stdin",
            description =
                    "Take the secret from standard input, where an old one is brought along, instead of a new one")
    boolean fromStdin;

    void put(ObjectNode body, Session session) {
        if (!fromStdin) {
            return;
        }
        try {
            byte[] read = session.world().input().readNBytes(LONGEST);
            String secret = new String(read, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw new CommandFailure("Standard input holds no secret: pipe it in, e.g. from a file.");
            }
            body.put("secret", secret);
        } catch (IOException broken) {
            throw new CommandFailure("Can't read standard input.", broken);
        }
    }
}
