package io.vaultline.cli;

import io.vaultline.capture.CaptureService;
import io.vaultline.clickhouse.load.LoadService;
import io.vaultline.config.PipelineConfig;
import io.vaultline.iceberg.ArchiveService;
import io.vaultline.service.Role;
import io.vaultline.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the services of a process from the roles that it has. */
final class PipelineServices {
    private PipelineServices() {}

    /** In the order of their start: readers first, so that they stop last and drain what the capture wrote. */
    static List<Service> of(PipelineConfig config, Set<Role> roles) {
        List<Service> services = new ArrayList<>();
        if (roles.contains(Role.ARCHIVE)) {
            services.add(new ArchiveService(config));
        }
        if (roles.contains(Role.LOAD)) {
            services.add(new LoadService(config));
        }
        if (roles.contains(Role.CAPTURE)) {
            config.sources().forEach(source -> services.add(new CaptureService(config, source)));
        }
        return services;
    }
}
