/** The admin port: what operators look at. */
@NullMarked
package dev.tierway.adapter.http.admin;

import org.jspecify.annotations.NullMarked;
