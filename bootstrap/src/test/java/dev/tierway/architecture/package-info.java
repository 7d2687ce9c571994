/** The walls between modules, proved. */
@NullMarked
package dev.tierway.architecture;

import org.jspecify.annotations.NullMarked;
