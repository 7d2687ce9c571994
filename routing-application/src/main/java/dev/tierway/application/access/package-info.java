/** Who may use which tool, and how often. */
@NullMarked
package dev.tierway.application.access;

import org.jspecify.annotations.NullMarked;
