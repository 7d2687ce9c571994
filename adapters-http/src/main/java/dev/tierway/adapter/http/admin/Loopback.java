package dev.tierway.adapter.http.admin;

import java.util.regex.Pattern;

/** Names and addresses that only this machine reaches. Nothing is looked up: a name server must not open the door. */
final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Loopback() {}

    /** @param host a name or literal address; IPv6 with or without brackets */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.equals("0:0:0:0:0:0:0:1")
                || IPV4.matcher(host).matches();
    }
}
