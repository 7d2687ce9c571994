package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import dev.tierway.domain.catalogue.Target;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls through a running gateway. */
final class RemoteCalls implements Calls {
    private final GatewayClient api;
    private final Chat chat;

    RemoteCalls(GatewayClient api) {
        this.api = api;
        this.chat = new Chat(api);
    }

    @Override
    public JsonNode explain(Target target, String text, @Nullable String whyNot) {
        return chat.explain(target.address(), text, whyNot);
    }

    @Override
    public Chat.Answer call(Target target, String text) {
        return chat.call(target.address(), text, null);
    }

    @Override
    public Chat.Answer stream(Target target, String text, Consumer<String> piece) {
        return chat.stream(target.address(), text, null, piece);
    }

    @Override
    public void close() {
        api.close();
    }
}
