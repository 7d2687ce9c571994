/** One attempt over HTTP: connections, clocks, server-sent events, back-pressure, what a broken connection means. */
@NullMarked
package dev.tierway.adapter.providers.http;

import org.jspecify.annotations.NullMarked;
