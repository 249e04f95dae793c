package io.vaultline.devstack.process;

/** Asks a starting server whether it answers. */
@FunctionalInterface
public interface Probe {
    /**
     * Whether the server answers now.
     *
     * @throws Exception if it does not; the reason is shown when the server never becomes ready
     */
    boolean answers() throws Exception;
}
