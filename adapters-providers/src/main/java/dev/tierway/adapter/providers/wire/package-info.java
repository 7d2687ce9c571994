/** One attempt over HTTP, whatever the vendor: what a vendor's own package adds is how its API is spoken. */
@NullMarked
package dev.tierway.adapter.providers.wire;

import org.jspecify.annotations.NullMarked;
