/** Events to other people's servers: signed, as Standard Webhooks have it. */
@NullMarked
package dev.tierway.adapter.providers.webhook;

import org.jspecify.annotations.NullMarked;
