package dev.tierway.adapter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.ToolSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a server is started, and when again. */
class McpToolSourceTest {
    private static final McpServer SERVER =
            new McpServer("box", new McpServer.Reach.Process(List.of("server"), Map.of()), Duration.ofSeconds(1), 20);

    private int started;
    private boolean starts = true;
    private boolean alive = true;
    private boolean answers = true;
    private boolean changed;
    private int closed;
    private long nanos;
    private String result = "fine";

    private final McpToolSource source = new McpToolSource(
            SERVER,
            server -> {
                started++;
                if (!starts) {
                    throw new McpLink.LinkException("no such program", null);
                }
                alive = true;
                return new Link();
            },
            () -> nanos);

    private final class Link implements McpLink {
        @Override
        public boolean listChanged() {
            return changed;
        }

        @Override
        public List<ToolDefinition> list() {
            changed = false;
            return List.of(new ToolDefinition("tool" + started, null, null, null));
        }

        @Override
        public ToolOutcome call(String tool, JsonText arguments) {
            if (!answers) {
                throw new LinkException("it has ended", null);
            }
            return ToolOutcome.of(result);
        }

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private ToolOutcome call() throws InterruptedException {
        return source.call("tool", JsonText.EMPTY_OBJECT);
    }

    @Test
    void a_server_is_started_when_it_is_first_needed_and_once() throws Exception {
        assertThat(started).isZero();
        assertThat(source.tools()).extracting(ToolDefinition::name).containsExactly("tool1");
        assertThat(call()).isEqualTo(ToolOutcome.of("fine"));
        source.tools();
        assertThat(started).isEqualTo(1);
    }

    @Test
    void one_that_dies_is_an_error_for_the_model_and_is_started_again_after_a_pause_that_doubles() throws Exception {
        source.tools();
        alive = false;
        answers = false;
        starts = false;
        assertThat(call().failed()).isTrue();
        assertThat(call().text()).contains("is down").contains("it has ended");
        assertThat(started).as("not before the pause").isEqualTo(1);

        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(call().text()).contains("no such program");
        nanos += TimeUnit.SECONDS.toNanos(1);
        call();
        assertThat(started).as("two seconds now").isEqualTo(2);
        nanos += TimeUnit.SECONDS.toNanos(1);
        starts = true;
        answers = true;
        assertThat(call()).isEqualTo(ToolOutcome.of("fine"));
        assertThat(started).isEqualTo(3);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void while_it_is_down_its_tools_stay_known_and_one_that_never_started_is_an_error() {
        source.tools();
        alive = false;
        starts = false;
        assertThat(source.tools()).hasSize(1);

        McpToolSource never = new McpToolSource(
                SERVER,
                server -> {
                    throw new McpLink.LinkException("no such program", null);
                },
                () -> 0);
        assertThatThrownBy(never::tools)
                .isInstanceOf(ToolSource.ToolSourceException.class)
                .hasMessageContaining("MCP server 'box'")
                .hasMessageContaining("no such program");
    }

    @Test
    void a_changed_list_is_asked_for_again() {
        source.tools();
        started = 7;
        assertThat(source.tools()).extracting(ToolDefinition::name).containsExactly("tool1");
        changed = true;
        assertThat(source.tools()).extracting(ToolDefinition::name).containsExactly("tool7");
    }

    @Test
    void a_huge_result_is_cut_off() throws Exception {
        result = "x".repeat(1000);
        assertThat(call().text()).startsWith("x".repeat(20) + "\n").contains("20 of 1000 characters");
    }

    @Test
    void a_closed_source_starts_nothing() throws Exception {
        source.tools();
        source.close();
        assertThat(call().failed()).isTrue();
        assertThat(started).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void what_is_said_of_a_server_holds_no_secrets() {
        McpServer secretive = new McpServer(
                "box",
                new McpServer.Reach.Process(List.of("server", "--key=canary"), Map.of("KEY", "canary")),
                Duration.ofSeconds(1),
                20);
        McpServer remote = new McpServer(
                "far",
                new McpServer.Reach.Http("http://x/mcp", Map.of("authorization", "canary")),
                Duration.ofSeconds(1),
                20);
        assertThat(secretive.toString() + remote).doesNotContain("canary").contains("KEY", "authorization");
    }
}
