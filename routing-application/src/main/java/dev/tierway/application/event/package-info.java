/** What happens, told afterwards to whoever wants to know, without holding up calls. */
@NullMarked
package dev.tierway.application.event;

import org.jspecify.annotations.NullMarked;
