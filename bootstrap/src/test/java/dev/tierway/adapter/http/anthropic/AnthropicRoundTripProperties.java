package dev.tierway.adapter.http.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.openai.OpenAiRequestDecoder;
import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.anthropic.AnthropicBodies;
import dev.tierway.adapter.providers.openai.OpenAiBodies;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.domain.catalogue.Construct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** OpenAI's words, put into Anthropic's, and back: what both can say is said again; what Anthropic can't is named. */
class AnthropicRoundTripProperties {
    private static final String MODEL = "claude-opus-4-6";

    private static final List<String> PARTS = List.of(
            "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUI='}}",
            "{'type':'image_url','image_url':{'url':'https://x/y?z=1'}}",
            "{'type':'file','file':{'file_data':'data:application/pdf;base64,QQ=='}}");

    /** A schema has no name there, and always holds. */
    private static final List<String> PARAMETERS = List.of(
            "'temperature':0.25",
            "'top_p':0.5",
            "'stop':['a','b']",
            "'user':'u'",
            "'service_tier':'default'",
            "'parallel_tool_calls':true",
            "'parallel_tool_calls':false",
            "'reasoning_effort':'low'",
            "'reasoning_effort':'high'",
            "'tool_choice':'auto'",
            "'tool_choice':'required'",
            "'tool_choice':'none'",
            "'tool_choice':{'type':'function','function':{'name':'f'}}",
            "'tools':[{'type':'function','function':{'name':'f','description':'d','strict':true,"
                    + "'parameters':{'type':'object','properties':{'x':{'type':'number','minimum':0.5}}}}},"
                    + "{'type':'function','function':{'name':'g','parameters':{'type':'object'}}}]",
            "'response_format':{'type':'json_schema','json_schema':{'name':'response','strict':true,"
                    + "'schema':{'type':'object'}}}");

    private static final List<String> LOST = List.of(
            "'frequency_penalty':1.5",
            "'presence_penalty':-1.0",
            "'seed':7",
            "'n':3",
            "'metadata':{'a':'b'}",
            "'logprobs':true,'top_logprobs':5",
            "'response_format':{'type':'json_object'}",
            "'logit_bias':{'50256':-100}");

    @Provide
    Arbitrary<byte[]> shared() {
        return OpenAiBodies.bodies(PARTS, PARAMETERS);
    }

    @Provide
    Arbitrary<byte[]> everything() {
        List<String> all = new ArrayList<>(PARAMETERS);
        all.addAll(LOST);
        return OpenAiBodies.bodies(PARTS, all);
    }

    private static ChatRequest there(ChatRequest request) {
        return MessagesRequestDecoder.decode(AnthropicBodies.written(request, MODEL));
    }

    @Property(tries = 500)
    void what_both_can_say_comes_back(@ForAll("shared") byte[] body) throws Exception {
        ChatRequest said = OpenAiRequestDecoder.decode(body);
        assertThat(OpenAiBodies.written(there(said))).isEqualTo(OpenAiBodies.written(said));
    }

    @Property(tries = 500)
    void what_does_not_come_back_is_named(@ForAll("everything") byte[] body) {
        ChatRequest said = OpenAiRequestDecoder.decode(body);
        Set<Construct> missing = Constructs.of(said);
        missing.removeAll(Constructs.of(there(said)));
        assertThat(Dialects.of("anthropic").lacks()).containsAll(missing);
    }
}
