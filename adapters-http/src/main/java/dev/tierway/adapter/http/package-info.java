/** The gateway's API port: an OpenAI-compatible API over Vert.x event loops. */
@NullMarked
package dev.tierway.adapter.http;

import org.jspecify.annotations.NullMarked;
