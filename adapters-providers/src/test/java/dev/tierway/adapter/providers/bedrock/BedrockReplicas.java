package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.domain.catalogue.Replica;

/** The tests' replica under another name at the vendor. */
final class BedrockReplicas {
    private BedrockReplicas() {}

    static Replica named(String upstreamModel) {
        Replica plain = Attempts.replica();
        return new Replica(
                plain.id(),
                plain.provider(),
                plain.model(),
                upstreamModel,
                plain.local(),
                plain.price(),
                plain.phase(),
                plain.weight(),
                plain.priority(),
                plain.tags(),
                plain.region(),
                plain.concurrency(),
                plain.quotaDomains(),
                plain.timeouts(),
                plain.circuit(),
                plain.retry(),
                plain.learning());
    }
}
