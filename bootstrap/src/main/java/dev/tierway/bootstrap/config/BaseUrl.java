package dev.tierway.bootstrap.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of a provider. */
final class BaseUrl {
    static final ScalarShape<URI> SHAPE =
            Scalars.matching("a URL such as https://host/v1", "^[Hh][Tt][Tt][Pp][Ss]?://[^@?#\\s]+$", BaseUrl::parse);

    private static final int LONGEST = 2000;

    private BaseUrl() {}

    /** No message repeats the URL: it may hold a credential. */
    private static URI parse(String text) {
        if (text.length() > LONGEST) {
            throw new Unfit("must not be longer than " + LONGEST + " characters", null);
        }
        URI url;
        try {
            url = new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new Unfit("is not a URL", "write e.g. https://host/v1");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Unfit("must begin with http:// or https://", null);
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            throw new Unfit("must not hold credentials", "put the key into api-key, other headers into headers");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Unfit("must not hold a query or fragment", "put keys into api-key, other headers into headers");
        }
        if (url.getHost() == null) {
            throw new Unfit("names no host", "host names hold letters, digits, - and . only");
        }
        return url;
    }

    /** Whether what is sent there can be read on the way. */
    static boolean isOpenToEavesdroppers(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) && !Loopback.is(url.getHost());
    }
}
