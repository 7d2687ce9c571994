/** How each vendor is spoken to: what bootstrap needs to build the transports. */
@NullMarked
package dev.tierway.adapter.providers;

import org.jspecify.annotations.NullMarked;
