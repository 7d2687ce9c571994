/** What vendors say of their own limits, in headers of their own making. */
@NullMarked
package dev.tierway.adapter.providers.limits;

import org.jspecify.annotations.NullMarked;
