package io.vaultline.event;

/**
 * Stands for a value that the source did not send: an unchanged TOAST value, or any column beside the key in a
 * before-image that holds the key only. It is never the same as null.
 */
public enum Unavailable {
    /** The only one. */
    VALUE
}
