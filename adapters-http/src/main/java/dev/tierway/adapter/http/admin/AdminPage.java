package dev.tierway.adapter.http.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The admin port's one page: links. */
final class AdminPage {
    private final byte[] html;

    AdminPage(String version, Map<String, String> links) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<title>Tierway</title>\n<h1>Tierway ")
                .append(escaped(version))
                .append("</h1>\n<ul>\n");
        links.forEach((path, words) -> page.append("<li><a href=\"")
                .append(path)
                .append("\">")
                .append(path)
                .append("</a>: ")
                .append(escaped(words))
                .append("</li>\n"));
        this.html = page.append("</ul>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] html() {
        return html.clone();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
