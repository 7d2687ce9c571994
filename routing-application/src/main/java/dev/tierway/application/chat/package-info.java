/** Provider-neutral chat and embeddings: what every dialect is translated through. */
@NullMarked
package dev.tierway.application.chat;

import org.jspecify.annotations.NullMarked;
