package dev.tierway.adapter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.tools.JavaTool;
import dev.tierway.application.tools.Param;
import dev.tierway.application.tools.Tool;
import dev.tierway.application.tools.ToolContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnnotatedToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolContext CONTEXT = new ToolContext("c1", 1, CallOptions.NONE);

    /** Days of a forecast. */
    public enum Unit {
        CELSIUS,
        KELVIN
    }

    public record Query(
            @Param("a town") String city,
            @Param(required = false) @Nullable Integer days,
            List<Unit> units) {}

    public record Forecast(String city, int degrees) {}

    /** Tools of every kind. */
    public static final class Weather {
        @Tool("Says how the weather will be.")
        public Forecast forecast(Query query) {
            return new Forecast(query.city(), query.days() == null ? 1 : query.days());
        }

        @Tool(value = "Adds.", name = "sum", timeoutMillis = 250)
        public long add(@Param(name = "a", value = "the first") long one, @Param(name = "b") double two) {
            return one + (long) two;
        }

        @Tool("Tells who asks.")
        public String who(ToolContext context, @Param(name = "loud", required = false) boolean loud) {
            return context.callId() + loud;
        }

        @Tool("Fails.")
        public void fail(@Param(name = "why") Map<String, Integer> why) {
            throw new IllegalArgumentException("because of " + why);
        }

        public void notATool() {}
    }

    private static JavaTool tool(String name) {
        return AnnotatedTools.of(new Weather()).stream()
                .filter(one -> one.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String call(String name, String arguments) throws Exception {
        return tool(name).function().call(new JsonText(arguments), CONTEXT);
    }

    @Test
    void methods_become_tools_by_name() {
        assertThat(AnnotatedTools.of(new Weather()))
                .extracting(one -> one.definition().name())
                .containsExactly("fail", "forecast", "sum", "who");
        assertThat(tool("sum").timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(tool("forecast").definition().description()).isEqualTo("Says how the weather will be.");
    }

    @Test
    void a_records_components_are_the_parameters() throws Exception {
        assertThat(JSON.readTree(tool("forecast").definition().parameters().json()))
                .isEqualTo(JSON.readTree("""
                    {"type":"object","additionalProperties":false,"required":["city","units"],"properties":{
                      "city":{"type":"string","description":"a town"},
                      "days":{"type":"integer"},
                      "units":{"type":"array","items":{"type":"string","enum":["CELSIUS","KELVIN"]}}}}
                    """));
        assertThat(call("forecast", "{\"city\":\"Bern\",\"units\":[\"KELVIN\"]}"))
                .isEqualTo("{\"city\":\"Bern\",\"degrees\":1}");
    }

    @Test
    void single_parameters_are_given_by_name_and_what_is_left_out_is_zero_or_false() throws Exception {
        assertThat(JSON.readTree(tool("sum").definition().parameters().json()).at("/required"))
                .hasSize(2);
        assertThat(call("sum", "{\"a\":2,\"b\":3.0}")).isEqualTo("5");
        assertThat(call("who", "{}")).isEqualTo("c1false");
    }

    @Test
    void what_a_method_throws_is_what_the_tool_throws() {
        assertThatThrownBy(() -> call("fail", "{\"why\":{\"rain\":1}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("because of {rain=1}");
    }

    @Test
    void what_can_not_be_a_tool_is_told() {
        assertThatThrownBy(() -> AnnotatedTools.of("nothing")).hasMessageContaining("no public method with @Tool");
        assertThatThrownBy(() -> AnnotatedTools.of(new Odd())).hasMessageContaining("can't take a java.lang.Thread");
        assertThatThrownBy(() -> AnnotatedTools.of(new Endless())).hasMessageContaining("holds itself");
    }

    /** A parameter nobody can give. */
    public static final class Odd {
        @Tool("Odd.")
        public void odd(@Param(name = "thread") Thread thread) {}
    }

    public record Chain(Chain next) {}

    /** A parameter without an end. */
    public static final class Endless {
        @Tool("Endless.")
        public void endless(Chain chain) {}
    }
}
