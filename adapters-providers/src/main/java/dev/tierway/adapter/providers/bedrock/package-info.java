/** Amazon Bedrock's Converse API: signed requests, event streams. */
@NullMarked
package dev.tierway.adapter.providers.bedrock;

import org.jspecify.annotations.NullMarked;
