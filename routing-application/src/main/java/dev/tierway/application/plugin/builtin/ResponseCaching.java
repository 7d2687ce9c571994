package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ResponseCache;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the same request of the same tenant the same answer again, for nothing. Streams are given again event by event.
 * Whether a request is the same is told by {@link CacheKey}, whether an answer is kept by {@link GoodAnswer}.
 */
public final class ResponseCaching implements Plugin {
    public static final String NAME = "response-cache";

    private final ResponseCache cache;
    private final Rules rules;

    /**
     * What is kept.
     *
     * @param ttl how long
     * @param largest most bytes of one answer
     * @param anyTemperature also answers that were drawn by chance, else only of requests with temperature 0 and of embeddings
     * @param tools also of requests with tools
     */
    public record Rules(Duration ttl, long largest, boolean anyTemperature, boolean tools) {}

    public ResponseCaching(ResponseCache cache, Rules rules) {
        this.cache = cache;
        this.rules = rules;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return Set.of(PluginStage.BEFORE_ROUTING, PluginStage.ON_EVENT, PluginStage.AFTER_REPLY);
    }

    /** Without the cache calls are dearer, not wrong. */
    @Override
    public OnError onError() {
        return OnError.CONTINUE;
    }

    @Override
    public boolean nonBlocking(PluginStage stage) {
        return stage != PluginStage.BEFORE_ROUTING;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) throws Exception {
        String wish = wish(call);
        if (wish.contains("no-store") || !cacheable(call)) {
            return RequestVerdict.go();
        }
        String key = CacheKey.of(call);
        Optional<CachedAnswer> found = wish.contains("no-cache")
                ? Optional.empty()
                : cache.find(key).toCompletableFuture().get();
        if (found.isPresent()) {
            return new RequestVerdict.Answer(
                    owned(found.get().events()), true, found.get().usage());
        }
        call.cacheMissed();
        call.keep(this, new Recording(key, rules.largest()));
        return RequestVerdict.go("cache miss");
    }

    /** What the caller says of caches, as HTTP does. */
    private static String wish(PluginCall call) {
        String header = call.command().details().header("cache-control");
        return header == null ? "" : header.toLowerCase(Locale.ROOT);
    }

    private boolean cacheable(PluginCall call) {
        return switch (call.request()) {
            case ChatRequest chat -> {
                Double temperature = chat.sampling().temperature();
                boolean certain = temperature != null && temperature == 0;
                yield (certain || rules.anyTemperature()) && (chat.tools().isEmpty() || rules.tools());
            }
            case EmbeddingRequest embeddings -> true;
        };
    }

    /** Bytes belong to whoever gets them. */
    private static List<ReplyEvent> owned(List<ReplyEvent> events) {
        List<ReplyEvent> copies = new ArrayList<>(events.size());
        for (ReplyEvent event : events) {
            copies.add(copy(event));
        }
        return copies;
    }

    private static ReplyEvent copy(ReplyEvent event) {
        return event instanceof ReplyEvent.Frame(byte[] bytes, var kind)
                ? new ReplyEvent.Frame(bytes.clone(), kind)
                : event;
    }

    @Override
    public EventVerdict onEvent(PluginCall call, ReplyEvent event) {
        Recording recording = call.kept(this, Recording.class);
        if (recording != null) {
            recording.add(copy(event));
        }
        return EventVerdict.keep();
    }

    @Override
    public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
        Recording recording = call.kept(this, Recording.class);
        if (recording != null && reply.selection().result() instanceof CallResult.Delivered delivered) {
            if (reply.unary() != null) {
                recording.add(copy(reply.unary()));
            }
            List<ReplyEvent> events = recording.events();
            if (!events.isEmpty() && GoodAnswer.is(events)) {
                // Nobody waits for it: what can't be kept is asked for again.
                var unused = cache.keep(recording.key, new CachedAnswer(events, delivered.usage()), rules.ttl());
            }
        }
        return ReplyVerdict.keep();
    }

    /** An answer as it passes. */
    private static final class Recording {
        private final String key;
        private final List<ReplyEvent> events = new ArrayList<>();
        private long room;

        Recording(String key, long room) {
            this.key = key;
            this.room = room;
        }

        void add(ReplyEvent event) {
            room -= CachedAnswer.size(event) + 32;
            if (room < 0) {
                events.clear();
            } else {
                events.add(event);
            }
        }

        List<ReplyEvent> events() {
            return room < 0 ? List.of() : events;
        }
    }
}
