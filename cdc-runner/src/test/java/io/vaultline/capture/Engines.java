package io.vaultline.capture;

import io.vaultline.config.SourceConfig.Engine;
import java.util.Locale;

/**
 * Which engine the tests of capture run with: the standard one, or the one that {@code -Dvaultline.engine} names. The
 * other one runs where a class asks for all.
 */
final class Engines {
    private static final String PROPERTY = "vaultline.engine";

    private Engines() {}

    static Engine tested() {
        String name = System.getProperty(PROPERTY, Engine.standard().name());
        return Engine.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
