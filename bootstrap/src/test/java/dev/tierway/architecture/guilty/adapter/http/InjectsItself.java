package dev.tierway.architecture.guilty.adapter.http;

import com.google.inject.AbstractModule;

final class InjectsItself extends AbstractModule {}
