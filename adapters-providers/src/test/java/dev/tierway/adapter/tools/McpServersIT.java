package dev.tierway.adapter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.ToolSource;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK's server, as a process and over streamable HTTP. */
@Timeout(120)
class McpServersIT {
    private static ToolSource process(Duration timeout) {
        return McpToolSource.of(new McpServer(
                "box",
                new McpServer.Reach.Process(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestMcpServer.class.getName()),
                        Map.of("NAMED", "value")),
                timeout,
                1000));
    }

    private static ToolOutcome call(ToolSource source, String tool) throws InterruptedException {
        return source.call(tool, new JsonText("{\"text\":\"Grüße\"}"));
    }

    @Test
    void a_process_lists_its_tools_and_runs_them_with_the_named_environment_alone() throws Exception {
        try (ToolSource source = process(Duration.ofSeconds(60))) {
            assertThat(source.tools()).extracting(ToolDefinition::name).contains("echo", "die", "huge");
            assertThat(call(source, "echo")).isEqualTo(ToolOutcome.of("you said Grüße"));
            assertThat(call(source, "fail")).isEqualTo(ToolOutcome.failure("this tool always fails"));
            assertThat(call(source, "huge").text()).hasSizeLessThan(1100).contains("1000 of 200000 characters");
            assertThat(call(source, "unheard-of").failed()).isTrue();
            assertThat(call(source, "environment").text()).contains("NAMED").doesNotContain("PATH", "HOME");

            call(source, "grow");
            awaitTool(source, "grown");
            assertThat(call(source, "grown")).isEqualTo(ToolOutcome.of("I am new"));
        }
    }

    /** The server tells of its new tool when it likes. */
    private static void awaitTool(ToolSource source, String name) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (source.tools().stream().noneMatch(tool -> tool.name().equals(name))) {
            assertThat(System.nanoTime()).as("the new tool comes in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void one_that_dies_in_a_call_is_an_error_for_the_model_and_lives_again() throws Exception {
        try (ToolSource source = process(Duration.ofSeconds(60))) {
            source.tools();
            assertThat(call(source, "die").failed()).isTrue();

            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            ToolOutcome outcome = call(source, "echo");
            while (outcome.failed()) {
                assertThat(System.nanoTime()).as(outcome.text()).isLessThan(deadline);
                outcome = call(source, "echo");
            }
            assertThat(outcome.text()).isEqualTo("you said Grüße");
        }
    }

    @Test
    void a_program_that_is_not_there_is_an_error_that_names_the_server() {
        try (ToolSource source = McpToolSource.of(new McpServer(
                "nobody",
                new McpServer.Reach.Process(List.of("/no/such/program"), Map.of()),
                Duration.ofSeconds(5),
                1000))) {
            assertThatThrownBy(source::tools)
                    .isInstanceOf(ToolSource.ToolSourceException.class)
                    .hasMessageContaining("MCP server 'nobody'");
        }
    }

    @Test
    void streamable_http_is_spoken_with_headers_and_an_answer_that_takes_too_long_is_given_up(@TempDir Path folder)
            throws Exception {
        AtomicReference<String> token = new AtomicReference<>();
        AtomicReference<McpSyncServer> self = new AtomicReference<>();
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(TestMcpServer.mapper())
                .mcpEndpoint("/tools/mcp")
                .contextExtractor(request -> {
                    token.set(request.getHeader("authorization"));
                    return io.modelcontextprotocol.common.McpTransportContext.EMPTY;
                })
                .build();
        self.set(io.modelcontextprotocol.server.McpServer.sync(transport)
                .serverInfo("test", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .tools(TestMcpServer.tools(self))
                .build());
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Wrapper wrapper = Tomcat.addServlet(context, "mcp", transport);
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "mcp");
        tomcat.getConnector();
        tomcat.start();
        try (ToolSource source = McpToolSource.of(new McpServer(
                "far",
                new McpServer.Reach.Http(
                        "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/tools/mcp",
                        Map.of("authorization", "Bearer canary")),
                Duration.ofSeconds(3),
                1000))) {
            assertThat(source.tools()).extracting(ToolDefinition::name).contains("echo");
            assertThat(call(source, "echo")).isEqualTo(ToolOutcome.of("you said Grüße"));
            assertThat(token.get()).isEqualTo("Bearer canary");
            assertThat(call(source, "hang").failed()).isTrue();
            assertThat(call(source, "echo").failed())
                    .as("the server is as it was")
                    .isFalse();
        } finally {
            // Else its sweeper keeps the process alive.
            self.get().close();
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
