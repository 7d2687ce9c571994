package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.plugin.builtin.SpanFinder.Span;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.PluginStage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Takes what is personal out of requests before anybody else sees them, and puts it back into answers if it is told to.
 * Texts, tool calls' arguments, the user's name and metadata are looked at; images, files, tools' definitions and what only
 * one vendor knows are not.
 */
public final class PiiRedaction implements Plugin {
    public static final String NAME = "pii-redaction";

    private final List<Detector> detectors = new ArrayList<>();
    private final boolean restore;

    private record Detector(String label, SpanFinder finder, BiFunction<String, Span, List<Span>> check) {}

    private record Hit(int start, int end, String label) {}

    /**
     * @param custom patterns of the operator's own by name: they are looked for first
     * @param restore whether answers get back what was taken out
     */
    public PiiRedaction(
            Set<PiiKind> kinds, Map<String, SpanFinder> custom, SpanFinder.Compiler compiler, boolean restore) {
        this.restore = restore;
        new LinkedHashMap<>(custom)
                .forEach((name, finder) -> detectors.add(new Detector(
                        name.toUpperCase(Locale.ROOT).replace('-', '_'), finder, (text, span) -> List.of(span))));
        if (!kinds.isEmpty()) {
            for (PiiKind kind : EnumSet.copyOf(kinds)) {
                detectors.add(new Detector(kind.name(), compiler.compile(kind.pattern()), kind::checked));
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return restore
                ? Set.of(PluginStage.BEFORE_ROUTING, PluginStage.ON_EVENT, PluginStage.AFTER_REPLY)
                : Set.of(PluginStage.BEFORE_ROUTING);
    }

    @Override
    public boolean nonBlocking(PluginStage stage) {
        return stage != PluginStage.BEFORE_ROUTING;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) {
        NeutralRequest request = call.request();
        Placeholders placeholders = new Placeholders(original(request));
        NeutralRequest redacted = new RequestText(text -> redacted(text, placeholders)).of(request);
        if (placeholders.isEmpty()) {
            return RequestVerdict.go();
        }
        if (restore) {
            call.keep(this, new Kept(placeholders, new Restorer(placeholders)));
        }
        return RequestVerdict.change(redacted, "encoded anew without " + placeholders.counted());
    }

    private record Kept(Placeholders placeholders, Restorer restorer) {}

    private static String original(NeutralRequest request) {
        StringBuilder all = new StringBuilder();
        RequestText reader = new RequestText(text -> {
            all.append(text).append('\n');
            return text;
        });
        switch (request) {
            case ChatRequest chat -> reader.of((NeutralRequest) chat);
            case EmbeddingRequest embeddings -> reader.of((NeutralRequest) embeddings);
        }
        return all.toString();
    }

    private String redacted(String text, Placeholders placeholders) {
        NavigableMap<Integer, Hit> hits = new TreeMap<>();
        for (Detector detector : detectors) {
            for (Span candidate : detector.finder().in(text)) {
                for (Span span : detector.check().apply(text, candidate)) {
                    var before = hits.lowerEntry(span.end());
                    if (before == null || before.getValue().end() <= span.start()) {
                        hits.put(span.start(), new Hit(span.start(), span.end(), detector.label()));
                    }
                }
            }
        }
        if (hits.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (Hit hit : hits.values()) {
            out.append(text, from, hit.start())
                    .append(placeholders.of(hit.label(), text.substring(hit.start(), hit.end())));
            from = hit.end();
        }
        return out.append(text, from, text.length()).toString();
    }

    @Override
    public EventVerdict onEvent(PluginCall call, ReplyEvent event) {
        Kept kept = call.kept(this, Kept.class);
        if (kept == null || !(event instanceof ReplyEvent.Piece(var piece))) {
            return EventVerdict.keep();
        }
        List<ReplyEvent> restored = kept.restorer().pass(piece);
        return restored.equals(List.of(event)) ? EventVerdict.keep() : EventVerdict.replace(restored);
    }

    @Override
    public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
        Kept kept = call.kept(this, Kept.class);
        if (kept == null || !(reply.unary() instanceof ReplyEvent.Whole(ChatResponse answer))) {
            return ReplyVerdict.keep();
        }
        ChatResponse restored = new RequestText(text -> kept.placeholders().restored(text, false)).of(answer);
        return restored.equals(answer)
                ? ReplyVerdict.keep()
                : ReplyVerdict.replace(restored, "put back what was taken out");
    }
}
