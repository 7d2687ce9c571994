/** Rules: what an operator decides about calls by what they are, and experiments with their read-out. */
@NullMarked
package dev.tierway.application.rules;

import org.jspecify.annotations.NullMarked;
