/** Budgets and other limits of those who call: whom they are for, how they are paced, what is said of them. */
@NullMarked
package dev.tierway.application.limits;

import org.jspecify.annotations.NullMarked;
