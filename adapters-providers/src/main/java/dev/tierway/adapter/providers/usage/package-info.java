/** What vendors report of tokens used, made into one form: every token counted once. */
@NullMarked
package dev.tierway.adapter.providers.usage;

import org.jspecify.annotations.NullMarked;
