package dev.tierway.adapter.providers.bedrock;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 as the far end works it out: AWS, "Create a signed AWS API request". */
final class SignatureCheck {
    private SignatureCheck() {}

    /** Whether a request, head and body as text, is signed with that key for that region. */
    static boolean holds(String request, String secretKey, String region) throws GeneralSecurityException {
        int end = request.indexOf("\r\n\r\n");
        String[] lines = request.substring(0, end).split("\r\n");
        String body = request.substring(end + 4);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String authorization = headers.getOrDefault("authorization", "");
        String signed = between(authorization, "SignedHeaders=", ",");
        String scope = between(authorization, "Credential=", ",").replaceFirst("^[^/]*/", "");
        StringBuilder canonical = new StringBuilder("POST\n");
        String path = lines[0].split(" ")[1];
        canonical.append(encoded(path)).append("\n\n");
        for (String name : signed.split(";")) {
            canonical.append(name).append(':').append(headers.get(name)).append('\n');
        }
        canonical.append('\n').append(signed).append('\n').append(sha256(body));
        String toSign =
                "AWS4-HMAC-SHA256\n" + headers.get("x-amz-date") + "\n" + scope + "\n" + sha256(canonical.toString());
        String day = headers.get("x-amz-date").substring(0, 8);
        byte[] key = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
        for (String part : new String[] {region, "bedrock", "aws4_request"}) {
            key = hmac(key, part);
        }
        return scope.equals(day + "/" + region + "/bedrock/aws4_request")
                && HexFormat.of().formatHex(hmac(key, toSign)).equals(between(authorization, "Signature=", ","));
    }

    /** Every service but S3 encodes the path once more. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            out.append(out.isEmpty() && segment.isEmpty() ? "" : "/")
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return out.toString().replaceFirst("^/*", "/");
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        int end = text.indexOf(to, start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
