/** Another configuration takes the place of the one in force, while calls run. */
@NullMarked
package dev.tierway.bootstrap.reload;

import org.jspecify.annotations.NullMarked;
