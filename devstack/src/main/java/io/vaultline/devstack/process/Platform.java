package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.util.Locale;

/**
 * The machine that servers are started on.
 *
 * @param system name of the operating system, as Java gives it
 * @param processor name of the processor's architecture, as Java gives it
 */
public record Platform(String system, String processor) {
    private static final String REMEDY = "use --containers, or give the endpoints of servers of your own";

    /** The machine that this runs on. */
    public static Platform current() {
        return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * Processes are watched over by means of Linux.
     *
     * @throws DevstackException on another system
     */
    public void requireLinux() {
        if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
            throw new DevstackException("Servers as processes need Linux", system, REMEDY);
        }
    }

    /**
     * The packages hold programs for one platform.
     *
     * @throws DevstackException on another one
     */
    public void requireLinuxOnX86() {
        requireLinux();
        if (!processor.equals("amd64")) {
            throw new DevstackException(
                    "The servers' packages are for Linux on x86-64 only", system + " " + processor, REMEDY);
        }
    }
}
