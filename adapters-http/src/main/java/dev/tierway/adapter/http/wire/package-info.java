/** What the wire formats that clients speak have in common: scanning a body, answering whole or in a stream. */
@NullMarked
package dev.tierway.adapter.http.wire;

import org.jspecify.annotations.NullMarked;
