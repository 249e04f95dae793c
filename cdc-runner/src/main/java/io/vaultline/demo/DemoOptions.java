package io.vaultline.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the demonstration is asked to do.
 *
 * @param orders how many orders are placed while the pipeline runs
 * @param open over how long they are spread
 * @param seed of the shop and of everything that happens in it
 * @param report where the result goes as JSON, if anywhere
 * @param keep whether everything stays up at the end until it is asked to end
 * @param directory where everything is kept; nothing stays if it is not given, unless {@code keep} is
 */
record DemoOptions(
        int orders, Duration open, long seed, Optional<Path> report, boolean keep, Optional<Path> directory) {}
