package dev.tierway.application.plugin.builtin;

import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.plugin.builtin.SpanFinder.Span;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes down calls as they come in and as they end. Texts only if told to, and never what looks like a secret. */
public final class RequestLogger implements Plugin {
    public static final String NAME = "request-logger";

    /** What many vendors' keys, tokens and passwords look like. */
    static final String SECRETS =
            "(?i)(?:sk|pk|rk|xox[abprs]|gh[pousr]|glpat|hf|AKIA|ASIA|AIza|whsec)[-_]?[A-Za-z0-9_\\-]{16,}"
                    + "|eyJ[A-Za-z0-9_\\-]{8,}\\.[A-Za-z0-9_\\-]{8,}(?:\\.[A-Za-z0-9_\\-]*)?"
                    + "|(?:bearer|basic)\\s+[A-Za-z0-9+/=._\\-]{12,}"
                    + "|(?:password|passwd|secret|token|api[-_]?key)[\"']?\\s*[:=]\\s*[\"']?[^\\s\"',;]{4,}"
                    + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----";

    private final Log log;
    private final SpanFinder secrets;
    private final boolean texts;
    private final int mostCharacters;

    /** Where lines go. */
    @FunctionalInterface
    public interface Log {
        void write(String message, Map<String, Object> facts);
    }

    /**
     * @param texts whether what the messages say is written
     * @param mostCharacters of them
     */
    public RequestLogger(Log log, SpanFinder.Compiler compiler, boolean texts, int mostCharacters) {
        this.log = log;
        this.secrets = compiler.compile(SECRETS);
        this.texts = texts;
        this.mostCharacters = mostCharacters;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return Set.of(PluginStage.BEFORE_ROUTING, PluginStage.AFTER_REPLY, PluginStage.ON_FAILURE);
    }

    @Override
    public OnError onError() {
        return OnError.CONTINUE;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) {
        Map<String, Object> facts = facts(call);
        facts.put("key", String.valueOf(call.command().key()));
        facts.put("address", call.command().target().address());
        facts.put("stream", call.stream());
        facts.put("text_bytes", call.command().facts().textBytes());
        if (texts) {
            facts.put("text", shown(call.command().details().text(mostCharacters)));
        }
        log.write("request", facts);
        return RequestVerdict.go();
    }

    @Override
    public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
        ended(call, reply.selection());
        return ReplyVerdict.keep();
    }

    @Override
    public void onFailure(PluginCall call, Selection selection) {
        ended(call, selection);
    }

    private void ended(PluginCall call, Selection selection) {
        Map<String, Object> facts = facts(call);
        CallResult result = selection.result();
        facts.put("outcome", result == null ? "none" : result.status());
        facts.put("attempts", selection.attempts());
        if (result instanceof CallResult.Answer answer) {
            facts.put("input_tokens", answer.usage().input());
            facts.put("output_tokens", answer.usage().output());
        }
        log.write("answer", facts);
    }

    private static Map<String, Object> facts(PluginCall call) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("request_id", call.command().requestId());
        facts.put("decision", call.callId());
        return facts;
    }

    /** Without what looks like a secret, and no longer than allowed. */
    private String shown(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Span span : secrets.in(text)) {
            out.append(text, from, span.start()).append("[secret]");
            from = span.end();
        }
        out.append(text, from, text.length());
        return out.length() > mostCharacters ? out.substring(0, mostCharacters) + "…" : out.toString();
    }
}
