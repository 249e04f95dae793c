package io.vaultline.screen;

/** Keeps the warnings of libraries off a screen on which something is shown. */
public final class QuietLibraries {
    /** Read by logback.xml; set by {@code --debug} before, which then wins. */
    private static final String LIBRARY_LOG_LEVEL = "vaultline.log.level.libraries";

    private QuietLibraries() {}

    /** To be called before the first logger is made. */
    public static void request() {
        if (System.getProperty(LIBRARY_LOG_LEVEL) == null) {
            System.setProperty(LIBRARY_LOG_LEVEL, "ERROR");
        }
    }
}
