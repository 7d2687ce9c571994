package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.Constructs;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.domain.catalogue.Construct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one pass over a body finds it to say is what its translation says. */
class ScannedUsesProperties {
    private static final List<String> PARTS = List.of(
            "{'type':'text','text':'hi'}",
            "{'type':'text','text':'hi','cache_control':{'type':'ephemeral','ttl':'1h'}}",
            "{'type':'refusal','refusal':'no'}",
            "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUI=','detail':'low'}}",
            "{'type':'image_url','image_url':{'url':'https://x/y'}}",
            "{'image_url':'data:image/png;base64,QUI=','type':'image_url'}",
            "{'type':'input_audio','input_audio':{'data':'QQ==','format':'wav'}}",
            "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,QQ=='}}",
            "{'type':'file','file':{'file_data':'https://x/a.pdf'}}",
            "{'type':'file','file':{'file_id':'file-1'}}",
            "{'type':'video','video':{'url':'v'}}");

    private static final List<String> MEMBERS = List.of(
            "'name':'ann'",
            "'name':null",
            "'refusal':'no'",
            "'tool_calls':[]",
            "'tool_calls':[{'id':'t','type':'function','function':{'name':'f','arguments':'{}'}}]",
            "'tool_calls':[{'id':'t','type':'custom','custom':{'name':'f','input':'x'}}]",
            "'tool_call_id':'t'",
            "'reasoning_content':'hm'",
            "'reasoning_content':''",
            "'reasoning':'hm'",
            "'reasoning_details':[]",
            "'reasoning_details':[{'type':'reasoning.text','text':'hm','signature':'s','format':'tierway/anthropic'}],"
                    + "'reasoning_content':'hm'",
            "'reasoning_details':[{'type':'reasoning.encrypted','data':'x','format':'tierway/anthropic'}]",
            "'reasoning_details':[{'type':'reasoning.encrypted','data':'x','format':'anthropic-claude-v1'}]",
            "'annotations':[]",
            "'annotations':[{'type':'url_citation','url_citation':{'url':'u','title':'t','start_index':0,'end_index':1}}]",
            "'cache_control':{'type':'ephemeral'}",
            "'function_call':null",
            "'audio':{'id':'a'}");

    private static final List<String> PARAMETERS = List.of(
            "'temperature':0.5",
            "'temperature':null",
            "'top_p':1",
            "'top_k':3",
            "'frequency_penalty':1",
            "'presence_penalty':-1",
            "'seed':7",
            "'stop':'end'",
            "'stop':[]",
            "'stop':['a']",
            "'n':1",
            "'n':2",
            "'user':'u'",
            "'metadata':{}",
            "'metadata':{'a':'b'}",
            "'service_tier':'flex'",
            "'logprobs':true",
            "'logprobs':false",
            "'top_logprobs':2",
            "'reasoning_effort':'none'",
            "'reasoning_effort':'high'",
            "'max_tokens':9",
            "'parallel_tool_calls':false",
            "'tool_choice':'auto'",
            "'tool_choice':'required'",
            "'tool_choice':{'type':'function','function':{'name':'f'}}",
            "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[]}}",
            "'tools':[]",
            "'tools':[{'type':'function','function':{'name':'f','strict':false,'parameters':{'strict':true}}}]",
            "'tools':[{'type':'function','function':{'name':'f','strict':true}}]",
            "'tools':[{'type':'function','function':{'name':'f'},'cache_control':{'type':'ephemeral'}}]",
            "'tools':[{'type':'custom','custom':{'name':'f'}}]",
            "'functions':[{'name':'f'}]",
            "'response_format':{'type':'text'}",
            "'response_format':{'type':'json_object'}",
            "'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{}}}",
            "'response_format':{'type':'grammar'}",
            "'modalities':['text']",
            "'modalities':['text','audio'],'audio':{'voice':'v','format':'wav'}",
            "'prompt_cache_key':'k'",
            "'verbosity':'low'",
            "'logit_bias':{'1':2}",
            "'stream':true,'stream_options':{'include_usage':true}",
            "'tierway':{'seed':1}");

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> role = Arbitraries.of("user", "assistant", "system", "developer", "tool", "function");
        Arbitrary<String> content = Arbitraries.oneOf(
                Arbitraries.of("'hi'", "null"),
                Arbitraries.of(PARTS).list().ofMaxSize(3).map(parts -> "[" + String.join(",", parts) + "]"));
        Arbitrary<String> message = Combinators.combine(role, content, members(MEMBERS, 3))
                .as((r, c, more) -> "{'content':" + c + more + ",'role':'" + r + "'}");
        return Combinators.combine(message.list().ofMinSize(1).ofMaxSize(3), members(PARAMETERS, 5))
                .as((messages, more) -> "{'model':'m','messages':[" + String.join(",", messages) + "]" + more + "}");
    }

    /** Some members, none named twice. */
    private static Arbitrary<String> members(List<String> from, int most) {
        return Arbitraries.of(from).list().ofMaxSize(most).map(chosen -> {
            Map<String, String> byName = new LinkedHashMap<>();
            Set<String> names = new java.util.HashSet<>();
            for (String one : chosen) {
                Set<String> own = List.of(one.split(",'")).stream()
                        .map(text -> text.replaceFirst("^'?([a-z_]+).*", "$1"))
                        .collect(Collectors.toSet());
                if (own.stream().noneMatch(names::contains)) {
                    names.addAll(own);
                    byName.put(one, one);
                }
            }
            return byName.values().stream().map(one -> "," + one).collect(Collectors.joining());
        });
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    @Property(tries = 3000)
    void the_scan_finds_what_the_translation_says(@ForAll("bodies") String body) {
        RequestFacts facts = ChatBodyScan.scan(json(body), 0).facts();
        if (facts.uses().stream().anyMatch(Construct::untranslatable)) {
            assertThatThrownBy(() -> OpenAiRequestDecoder.decode(json(body)))
                    .isInstanceOf(InvalidRequestException.class);
        } else {
            assertThat(facts.uses()).isEqualTo(Constructs.of(OpenAiRequestDecoder.decode(json(body))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'role':'user','content':[{'type':'file','file':{'file_id':'f'}}]}|FILE_ID",
                "{'role':'function','content':'x'}|NATIVE",
                "{'role':'assistant','content':'x','name':'ann'}|SPEAKER_NAME",
            })
    void each_is_named(String message, Construct named) {
        assertThat(ChatBodyScan.scan(json("{'model':'m','messages':[" + message + "]}"), 0)
                        .facts()
                        .uses())
                .containsExactly(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "{'type':'reasoning.text','text':'hm','signature':'s','format':'tierway/anthropic'}|anthropic",
                "{'format':'tierway/gemini','type':'reasoning.encrypted','data':'x'}|gemini",
                "{'type':'reasoning.text','text':'hm','format':'tierway/anthropic'}|-",
                "{'type':'reasoning.text','text':'hm','signature':'s','format':'openai-responses-v1'}|-",
            })
    void signed_reasoning_says_whose_it_is(String detail, String vendor) {
        byte[] body = json(
                "{'model':'m','messages':[{'role':'assistant','content':'x','reasoning_details':[" + detail + "]}]}");
        assertThat(ChatBodyScan.scan(body, 0).facts().signatureDomain()).isEqualTo(vendor);
        var vendors = OpenAiRequestDecoder.decode(body).messages().getFirst().parts().stream()
                .map(part -> switch (part) {
                    case dev.tierway.application.chat.Part.Reasoning reasoning -> Tuple.of(reasoning.vendor());
                    case dev.tierway.application.chat.Part.SealedReasoning sealed -> Tuple.of(sealed.vendor());
                    default -> Tuple.of((String) null);
                })
                .toList();
        assertThat(vendors.getFirst().get1()).isEqualTo(vendor);
    }
}
