/** Metrics and log lines about calls. */
@NullMarked
package dev.tierway.adapter.http.observe;

import org.jspecify.annotations.NullMarked;
