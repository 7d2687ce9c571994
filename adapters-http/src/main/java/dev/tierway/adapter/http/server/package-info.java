/** HTTP without any API: connections, limits, bodies in, bodies out, errors, draining. */
@NullMarked
package dev.tierway.adapter.http.server;

import org.jspecify.annotations.NullMarked;
