/** Tools: what they are given is checked, methods become tools, and MCP servers are asked. */
@NullMarked
package dev.tierway.adapter.tools;

import org.jspecify.annotations.NullMarked;
