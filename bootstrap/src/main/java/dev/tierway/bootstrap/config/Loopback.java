package dev.tierway.bootstrap.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses only this machine can reach, told by their text: no name is looked up. */
final class Loopback {
    private static final Pattern V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private Loopback() {}

    static boolean is(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || V4.matcher(name).matches();
    }
}
