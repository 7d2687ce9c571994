package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.runtime.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** {@code tierway --version}. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"tierway " + BuildInfo.read().version()};
    }
}
