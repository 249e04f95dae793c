package io.vaultline.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When things happen: the opening, and how long the shop is open. */
record ShopTime(Instant opening, Duration open) {
    /** The time at a fraction of the whole, in milliseconds as MongoDB keeps it. */
    Instant at(double fraction) {
        return opening.plusMillis(Math.round(open.toMillis() * fraction)).truncatedTo(ChronoUnit.MILLIS);
    }
}
