package dev.tierway.bootstrap.config;

/** A route's name: whole, or a prefix followed by one {@code *}. */
final class RouteName {
    static final ScalarShape<String> SHAPE =
            Scalars.matching("a route's name", "^(?!tier:)(?=.)[^\\s*]{0,200}\\*?$", RouteName::parse);

    private RouteName() {}

    private static String parse(String name) {
        if (name.isEmpty() || name.length() > 201) {
            throw new Unfit("a route's name has 1 to 200 characters", null);
        }
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new Unfit("a route's name holds no spaces", null);
        }
        int star = name.indexOf('*');
        if (star >= 0 && star != name.length() - 1) {
            throw new Unfit(
                    "'" + name + "' has its * in the middle; only a prefix followed by * is a pattern",
                    "did you mean '" + name.substring(0, star) + "*'?");
        }
        if (name.startsWith("tier:")) {
            throw new Unfit("'" + name + "' is a tier's address already", "choose another name");
        }
        return name;
    }
}
