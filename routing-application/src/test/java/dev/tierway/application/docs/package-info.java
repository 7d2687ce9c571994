/** Documentation compared with code. */
@NullMarked
package dev.tierway.application.docs;

import org.jspecify.annotations.NullMarked;
