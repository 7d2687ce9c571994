/** What is kept of API keys, and with what their secrets are digested. */
@NullMarked
package dev.tierway.adapter.persistence.key;

import org.jspecify.annotations.NullMarked;
