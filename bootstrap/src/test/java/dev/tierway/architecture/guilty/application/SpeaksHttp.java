package dev.tierway.architecture.guilty.application;

import java.net.http.HttpClient;

class SpeaksHttp {
    HttpClient client() {
        return HttpClient.newHttpClient();
    }
}
