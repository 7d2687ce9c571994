package dev.tierway.adapter.tools;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection to an MCP server. Its methods wait. */
interface McpLink extends AutoCloseable {
    /** Whether the server has said that its tools changed since they were last listed; true before. */
    boolean listChanged();

    /** @throws LinkException if it doesn't answer */
    List<ToolDefinition> list();

    /** @throws LinkException if it doesn't answer */
    ToolOutcome call(String tool, JsonText arguments) throws InterruptedException;

    /** False once it is known to be of no more use. */
    boolean alive();

    @Override
    void close();

    /** The server doesn't answer, or not as it should; in words for people and models. */
    final class LinkException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LinkException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
