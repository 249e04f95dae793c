package io.vaultline.vault.inference;

import io.vaultline.vault.file.DeclaredSatellite;
import io.vaultline.vault.file.Named;
import io.vaultline.vault.model.SatelliteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deals an entity's columns out to its satellites: each column to one. */
final class SatelliteSplit {
    private SatelliteSplit() {}

    /**
     * @param columns in the source's order
     * @param apart the first that names a column takes it; one that takes all but some comes behind those that name theirs
     * @return the entity's own satellite, with the columns that no other takes, then those kept apart
     */
    static List<SatelliteSpec> of(String entity, List<String> columns, List<DeclaredSatellite> apart) {
        List<String> left = new ArrayList<>(columns);
        List<SatelliteSpec> satellites = new ArrayList<>();
        Set<String> named = apart.stream()
                .filter(satellite -> !satellite.exceptThese())
                .flatMap(satellite -> satellite.columns().stream().map(Named::name))
                .collect(Collectors.toSet());
        for (DeclaredSatellite satellite : apart) {
            List<String> taken = left.stream()
                    .filter(column -> satellite.exceptThese()
                            ? !satellite.names(column) && !named.contains(column)
                            : satellite.names(column))
                    .toList();
            left.removeAll(taken);
            satellites.add(new SatelliteSpec(entity + "_" + satellite.name(), taken));
        }
        satellites.add(0, new SatelliteSpec(entity, left));
        return satellites;
    }
}
