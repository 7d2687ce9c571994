package dev.tierway.adapter.tools;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An MCP server as the configuration names it.
 *
 * @param timeout of one question; starting may take as long again
 * @param resultChars longest result that is taken of a tool; the rest is cut off
 */
public record McpServer(String id, Reach reach, Duration timeout, int resultChars) {
    /** How it is reached. */
    public sealed interface Reach {
        /**
         * A process of ours, spoken to by its standard input and output.
         *
         * @param command the program and its arguments: no shell is between
         * @param environment all that it gets to see; our own isn't passed on
         */
        record Process(List<String> command, Map<String, String> environment) implements Reach {
            /** @throws IllegalArgumentException without a program */
            public Process {
                command = List.copyOf(command);
                environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
                if (command.isEmpty()) {
                    throw new IllegalArgumentException("an MCP server's command names no program");
                }
            }

            /** Names alone: values may be secret. */
            @Override
            public String toString() {
                return command.getFirst() + " " + environment.keySet();
            }
        }

        /**
         * Streamable HTTP.
         *
         * @param url whole, with its path
         */
        record Http(String url, Map<String, String> headers) implements Reach {
            public Http {
                headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
            }

            /** Names alone: values may be secret. */
            @Override
            public String toString() {
                return url + " " + headers.keySet();
            }
        }
    }
}
