package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.bootstrap.runtime.BuildInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code tierway version}. */
@Command(name = "version", description = "Show version, commit, build time and Java.")
final class Version implements Callable<Integer> {
    private final Session session;

    Version(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BuildInfo build = BuildInfo.read();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", build.version());
        json.put("commit", build.commit());
        json.put("dirty", build.dirty());
        json.put("build_time", build.commitTime());
        json.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        session.show(
                Documents.tree(json),
                () -> "tierway " + build.version() + "\n"
                        + "commit  " + build.commit() + (build.dirty() ? " with changes" : "") + "\n"
                        + "built   " + build.commitTime() + "\n"
                        + "java    " + json.get("java") + "\n"
                        + "on      " + json.get("os") + "\n");
        return 0;
    }
}
