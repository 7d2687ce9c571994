package dev.tierway.adapter.providers.bedrock;

/** What a caller expects of an answer and Converse doesn't tell: made by Tierway. */
record ReplyNames(String id, String model, long epochSeconds) {}
