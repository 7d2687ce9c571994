package dev.tierway.bootstrap.config;

import dev.tierway.CatalogueConfig;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Where the models of {@code models: catalogue} come from: what ships, and what the operator imports. */
final class CatalogueSources {
    private CatalogueSources() {}

    /** The file with those models written out; itself if it doesn't ask for them. */
    static Node.Mapping writtenOut(Node.Mapping root, Path folder, Problems problems) {
        return writtenOut(root, folder, LocalDate.now(ZoneOffset.UTC), problems);
    }

    static Node.Mapping writtenOut(Node.Mapping root, Path folder, LocalDate today, Problems problems) {
        boolean asked = root.items("providers").stream()
                .anyMatch(provider -> provider.values().containsKey(ProviderSection.MODELS.name()));
        Node section = root.values().get(CatalogueModels.WORD);
        if (!asked) {
            if (section != null) {
                problems.warn(section, "means nothing: no provider says models: catalogue", "remove it");
            }
            return root;
        }
        CatalogueConfig config = config(section);
        KnownModels known = ShippedCatalogue.get();
        Node file = section instanceof Node.Mapping keys ? keys.text(CatalogueSection.IMPORT.name()) : null;
        if (config.importFile() != null && file != null) {
            try {
                LiteLlmList list = LiteLlmList.read(config.importFile(), folder);
                known = known.with(LiteLlmImport.read(list, known, config, file, problems));
            } catch (Unfit e) {
                // What ships is still written out: the one thing that is wrong is told once.
                problems.error(file, String.valueOf(e.getMessage()), e.suggestion());
            }
        }
        boolean leaveOut = config.withoutTier() == CatalogueConfig.WithoutTier.LEAVE_OUT;
        return new CatalogueModels(root, known, leaveOut, today, problems).written();
    }

    /** What is wrong with it is reported where the whole file is read. */
    private static CatalogueConfig config(@Nullable Node section) {
        CatalogueConfig read =
                section == null ? null : CatalogueSection.SECTION.read(section, new Problems("the same once more"));
        return read == null ? CatalogueConfig.SHIPPED : read;
    }
}
