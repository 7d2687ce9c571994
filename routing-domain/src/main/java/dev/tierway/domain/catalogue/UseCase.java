package dev.tierway.domain.catalogue;

import java.util.List;
import java.util.Objects;

/** What an answer is for. Six are known; operators may add names. */
public record UseCase(String name) implements Comparable<UseCase> {
    public static final UseCase CHAT = new UseCase("chat");
    public static final UseCase CODE = new UseCase("code");
    public static final UseCase REASONING = new UseCase("reasoning");
    public static final UseCase SEARCH = new UseCase("search");
    public static final UseCase EMBED = new UseCase("embed");
    public static final UseCase VISION = new UseCase("vision");

    /** The use cases every installation knows. */
    public static final List<UseCase> KNOWN = List.of(CHAT, CODE, REASONING, SEARCH, EMBED, VISION);

    /** @throws IllegalArgumentException if the name isn't {@code [a-z0-9][a-z0-9._-]*} */
    public UseCase {
        Objects.requireNonNull(name);
        Ids.requireName("use case", name);
    }

    @Override
    public int compareTo(UseCase other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
