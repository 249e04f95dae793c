package io.vaultline.service;

import io.micrometer.core.instrument.MeterRegistry;

/** A service that shows what it does as meters. Most delegate to a {@link RoleProgress}. */
public interface MetricsSource {
    /** Registers the meters; called once, before the service starts. No tag may hold a secret or the data of a row. */
    void bindTo(MeterRegistry registry);
}
