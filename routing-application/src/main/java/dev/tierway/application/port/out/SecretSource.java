package dev.tierway.application.port.out;

/** Draws what nobody may guess. */
public interface SecretSource {
    /** That many bytes from a cryptographically strong source. */
    byte[] draw(int bytes);
}
