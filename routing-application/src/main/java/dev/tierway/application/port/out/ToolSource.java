package dev.tierway.application.port.out;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import java.util.List;

/** Tools that somebody else runs, such as an MCP server. Its methods may wait: they are never called on an event loop. */
public interface ToolSource extends AutoCloseable {
    /** Its name in the configuration, which its tools' names begin with for the model. */
    String id();

    /**
     * What it offers now, under its own names.
     *
     * @throws ToolSourceException if it can't be asked
     */
    List<ToolDefinition> tools();

    /**
     * Runs a tool. Trouble on the way, a dead server included, is a failed outcome that says so to the model.
     *
     * @param tool under its own name
     * @throws InterruptedException if nobody waits for it any more
     */
    ToolOutcome call(String tool, JsonText arguments) throws InterruptedException;

    @Override
    void close();

    /** A source that can't be asked; the message says which, why, and what to do. */
    final class ToolSourceException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public ToolSourceException(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
