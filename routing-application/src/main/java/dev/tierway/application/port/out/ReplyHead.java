package dev.tierway.application.port.out;

import java.util.Map;

/**
 * What a vendor said before its body.
 *
 * @param headers lower-case names, the allow-listed ones only
 */
public record ReplyHead(int status, Map<String, String> headers) {}
