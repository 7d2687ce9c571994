package dev.tierway.fuzz;

import dev.tierway.adapter.providers.bedrock.BedrockFrames;
import dev.tierway.adapter.providers.bedrock.BedrockReplies;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Amazon's event streams: as bytes, and as whole frames with right checksums around what is thrown. The first byte says
 * which, and how long packets are.
 */
public final class EventStreamFuzz {
    private static final String[] TYPES = {
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "x"
    };

    private EventStreamFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int stride = 1 + (data[0] & 0x3f);
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        byte[] frames = data[0] < 0 ? stream : framed(stream);
        Splitting.check(BedrockFrames.framing(), frames, stride);
        Reading.check(findings -> BedrockReplies.reader(true, findings), frames, stride);
    }

    /** A line each: its first letter is the event's type. */
    private static byte[] framed(byte[] lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : new String(lines, StandardCharsets.ISO_8859_1).split("\n")) {
            if (!line.isEmpty()) {
                byte[] payload = line.substring(1).getBytes(StandardCharsets.ISO_8859_1);
                out.writeBytes(BedrockFrames.event(TYPES[line.charAt(0) % TYPES.length], payload));
            }
        }
        return out.toByteArray();
    }
}
