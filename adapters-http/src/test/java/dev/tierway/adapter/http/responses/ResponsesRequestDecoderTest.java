package dev.tierway.adapter.http.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.catalogue.Construct;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestDecoderTest {
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static ChatRequest decode(String members) {
        return ResponsesRequestDecoder.decode(json("{'model':'m'," + members + "}"));
    }

    private static ScannedRequest scanned(String members) {
        return new Responses().scan(json("{'model':'m'," + members + "}"), 0);
    }

    @Test
    void items_become_messages_and_an_assistants_turn_is_one() {
        ChatRequest request = decode("""
            'instructions':'be brief','input':[
              {'role':'user','content':'weather?'},
              {'type':'reasoning','id':'rs','summary':[{'type':'summary_text','text':'hm'}]},
              {'type':'message','role':'assistant','content':[{'type':'output_text','text':'let me see','annotations':[]}]},
              {'type':'function_call','call_id':'t1','name':'weather','arguments':'{}'},
              {'type':'function_call','call_id':'t2','name':'time','arguments':''},
              {'type':'function_call_output','call_id':'t1','output':'rain'},
              {'type':'function_call_output','call_id':'t2','output':[{'type':'input_text','text':'noon'}]},
              {'type':'message','role':'developer','content':'so?'}]\
            """);
        assertThat(request.messages())
                .containsExactly(
                        ChatMessage.system("be brief"),
                        ChatMessage.user("weather?"),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(new Part.Reasoning("hm", null, null), new Part.Text("let me see")),
                                null,
                                List.of(
                                        new ToolCall("t1", "weather", new JsonText("{}")),
                                        new ToolCall("t2", "time", new JsonText("{}"))),
                                null),
                        ChatMessage.toolResult("t1", "rain"),
                        ChatMessage.toolResult("t2", "noon"),
                        new ChatMessage(Role.DEVELOPER, List.of(new Part.Text("so?")), null, List.of(), null));
    }

    @Test
    void parts_become_neutral() {
        ChatRequest request = decode("""
            'input':[{'role':'user','content':[
              {'type':'input_text','text':'look'},
              {'type':'input_image','image_url':'data:image/png;base64,QUI=','detail':'low'},
              {'type':'input_image','image_url':'https://x/y'},
              {'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,QQ=='},
              {'type':'input_file','file_url':'https://x/a.pdf'}]}]\
            """);
        assertThat(request.messages().getFirst().parts())
                .containsExactly(
                        new Part.Text("look"),
                        new Part.Image("image/png", "QUI=", "low"),
                        new Part.ImageUrl("https://x/y", null),
                        new Part.File("a.pdf", "application/pdf", "QQ=="),
                        new Part.FileUrl(null, null, "https://x/a.pdf"));
    }

    @Test
    void parameters_become_neutral() {
        ChatRequest request = decode("""
            'input':'x','max_output_tokens':9,'temperature':0.5,'top_p':1,'user':'u','metadata':{'a':'b'},
            'service_tier':'flex','top_logprobs':2,'reasoning':{'effort':'low','summary':'auto'},'store':false,
            'parallel_tool_calls':false,'tool_choice':{'type':'function','name':'f'},
            'tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'},'strict':true}],
            'text':{'format':{'type':'json_schema','name':'s','schema':{'a':1},'strict':true}}\
            """);
        assertThat(request.reasoning()).isEqualTo(new Reasoning("low", null, true));
        assertThat(request.tools())
                .containsExactly(new ToolDefinition("f", "d", new JsonText("{\"type\":\"object\"}"), true));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Tool("f"));
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("s", new JsonText("{\"a\":1}"), true));
        assertThat(List.of(request.maxOutputTokens(), request.topLogProbs(), request.serviceTier()))
                .containsExactly(9L, 2, "flex");
        assertThat(request.extra().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'input':'x','previous_response_id':'resp_1'|'previous_response_id' can't be used: replies aren't kept",
                "'input':'x','conversation':'c'|'conversation' can't be used",
                "'input':'x','store':true|'store' must be false or left out",
                "'input':'x','background':true|'background' must be false",
                "'instructions':'x'|'input' is missing",
                "'input':[{'role':'oracle','content':'x'}]|'input[0].role' must be",
                "'input':[]|at least one message",
            })
    void what_is_wrong_is_told(String members, String message) {
        assertThatThrownBy(() -> scanned(members))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'input':'x','tools':[{'type':'web_search'}]",
                "'input':[{'type':'item_reference','id':'i'}]",
                "'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}]",
                "'input':'x','prompt':{'id':'p'}",
            })
    void what_only_this_api_can_say_goes_to_those_who_speak_it(String members) {
        assertThat(scanned(members).facts().uses()).containsExactly(Construct.NATIVE);
    }

    @Test
    void the_vendor_is_told_to_keep_nothing_unless_the_caller_did() {
        Payload.Wire silent = (Payload.Wire) scanned("'input':'x'").payload();
        assertThat(new String(silent.request().bodyFor("up", true), UTF_8))
                .isEqualTo("{\"store\":false,\"model\":\"up\",\"input\":\"x\"}");
        Payload.Wire said = (Payload.Wire) scanned("'input':'x','store':false").payload();
        assertThat(new String(said.request().bodyFor("up", true), UTF_8))
                .isEqualTo("{\"model\":\"up\",\"input\":\"x\",\"store\":false}");
    }

    @Test
    void the_facts_are_those_of_the_translation() {
        ScannedRequest asked = scanned(
                "'input':'x','temperature':1,'truncation':'auto','stream':true," + "'prompt_cache_key':'k','user':'u'");
        assertThat(asked.facts().uses()).isEqualTo(Constructs.of(asked.payload().chat()));
        assertThat(asked.facts().uses())
                .containsExactlyInAnyOrder(Construct.TEMPERATURE, Construct.OTHER, Construct.USER);
        assertThat(asked.stream()).isTrue();
        assertThat(asked.cacheKey()).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'text':{'verbosity':'low'}|true",
                "'include':['file_search_call.results']|true",
                "'include':['reasoning.encrypted_content']|false",
                "'include':[]|false",
            })
    void a_wish_that_no_translation_knows_is_named(String member, boolean lost) {
        assertThat(scanned("'input':'x'," + member).facts().uses().contains(Construct.OTHER))
                .isEqualTo(lost);
    }

    @Test
    void sealed_reasoning_goes_back_to_whose_it_is() {
        assertThat(EncryptedContent.part("", "gAAAA")).isEqualTo(new Part.SealedReasoning("gAAAA", "openai"));
        assertThat(EncryptedContent.part("hm", EncryptedContent.ofSignature("s/1", "anthropic")))
                .isEqualTo(new Part.Reasoning("hm", "s/1", "anthropic"));
        assertThat(EncryptedContent.part("", EncryptedContent.ofSealed("x/y", "anthropic")))
                .isEqualTo(new Part.SealedReasoning("x/y", "anthropic"));
        assertThat(EncryptedContent.ofSealed("gAAAA", "openai")).isEqualTo("gAAAA");
    }
}
