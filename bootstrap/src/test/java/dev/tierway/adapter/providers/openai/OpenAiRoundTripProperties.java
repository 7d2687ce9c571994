package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.openai.OpenAiRequestDecoder;
import dev.tierway.application.chat.ChatRequest;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** OpenAI's dialect in, neutral types, OpenAI's dialect out: nothing it can express is lost. */
class OpenAiRoundTripProperties {
    private static final List<String> USER_PARTS = List.of(
            "{'type':'text','text':'é \\n 😀'}",
            "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUI=','detail':'low'}}",
            "{'type':'image_url','image_url':{'url':'https://x/y?z=1'}}",
            "{'type':'input_audio','input_audio':{'data':'QQ==','format':'wav'}}",
            "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,QQ=='}}");

    private static final List<String> MESSAGES = List.of(
            "{'role':'system','content':'be brief'}",
            "{'role':'developer','content':'be brief','name':'ops'}",
            "{'role':'assistant','content':'hi'}",
            "{'role':'assistant','content':null,'refusal':'no'}",
            "{'role':'assistant','content':null,'tool_calls':["
                    + "{'id':'a','type':'function','function':{'name':'f','arguments':'{\\'x\\':1}'}},"
                    + "{'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]}",
            "{'role':'tool','tool_call_id':'a','content':'rain'}",
            "{'role':'tool','tool_call_id':'b','content':[{'type':'text','text':'x'},{'type':'text','text':'y'}]}");

    private static final List<String> PARAMETERS = List.of(
            "'temperature':0.25",
            "'top_p':0.5",
            "'frequency_penalty':1.5",
            "'presence_penalty':-1.0",
            "'seed':9007199254740993",
            "'stop':['a','b']",
            "'n':3",
            "'user':'u'",
            "'metadata':{'a':'b','c':'d'}",
            "'service_tier':'flex'",
            "'logprobs':true",
            "'logprobs':true,'top_logprobs':5",
            "'reasoning_effort':'minimal'",
            "'max_completion_tokens':77",
            "'parallel_tool_calls':true",
            "'tool_choice':{'type':'function','function':{'name':'f'}}",
            "'tools':[{'type':'function','function':{'name':'f','description':'d','strict':true,"
                    + "'parameters':{'type':'object','properties':{'x':{'type':'number','minimum':1e-7}}}}}]",
            "'response_format':{'type':'json_object'}",
            "'response_format':{'type':'json_schema','json_schema':{'name':'s','strict':true,'schema':{'a':[1,2.50]}}}",
            "'modalities':['text','audio'],'audio':{'voice':'alloy','format':'wav'}",
            "'verbosity':'low'",
            "'prompt_cache_key':'k'",
            "'logit_bias':{'50256':-100}",
            "'web_search_options':{}");

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> user = Arbitraries.of(USER_PARTS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> "{'role':'user','content':[" + String.join(",", parts) + "]}");
        Arbitrary<String> message = Arbitraries.oneOf(user, Arbitraries.of(MESSAGES));
        return Combinators.combine(
                        message.list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.of(PARAMETERS).set().ofMaxSize(8))
                .as((messages, parameters) -> "{'model':'m','messages':[" + String.join(",", messages) + "]"
                        + distinct(parameters.stream().toList()).stream()
                                .map(one -> "," + one)
                                .collect(Collectors.joining())
                        + "}");
    }

    private static List<String> distinct(List<String> members) {
        return members.stream()
                .collect(Collectors.toMap(one -> one.substring(0, one.indexOf(':')), one -> one, (a, b) -> a))
                .values()
                .stream()
                .toList();
    }

    @Property(tries = 1000)
    void nothing_is_lost(@ForAll("bodies") String body) {
        ChatRequest once = OpenAiRequestDecoder.decode(
                body.replace("\\'", "\\\"").replace('\'', '"').getBytes(UTF_8));
        byte[] sent = new ChatRequestEncoder(OpenAiDialect.OPENAI, true).encode(once, "m", false);
        assertThat(OpenAiRequestDecoder.decode(sent)).isEqualTo(once);
    }
}
