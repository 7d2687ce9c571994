/** Who may use which tool, and how often. */
@NullMarked
package dev.tierway.application.toolaccess;

import org.jspecify.annotations.NullMarked;
