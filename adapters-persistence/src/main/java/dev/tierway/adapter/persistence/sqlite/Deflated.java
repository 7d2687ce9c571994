package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Text that is kept for long and rarely read. */
final class Deflated {
    private Deflated() {}

    static byte[] of(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 3);
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes)) {
            deflating.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new StoreException("memory can't be written", impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws StoreException if it is damaged */
    static String text(byte[] deflated) {
        try (InflaterInputStream inflating = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return new String(inflating.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new StoreException("a stored record is damaged: move the file away", damaged);
        }
    }
}
