package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.domain.catalogue.Target;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls models: through a running gateway, or in this process. */
sealed interface Calls extends AutoCloseable permits LocalCalls, RemoteCalls {
    /**
     * The decision such a call would get; calls nobody.
     *
     * @param whyNot a replica whose absence is to be explained too; null: none
     */
    JsonNode explain(Target target, String text, @Nullable String whyNot);

    Chat.Answer call(Target target, String text);

    /** @param piece gets each piece of the answer's text as it comes */
    Chat.Answer stream(Target target, String text, Consumer<String> piece);

    @Override
    void close();
}
