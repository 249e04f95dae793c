package io.vaultline.vault.file;

import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.model.VaultRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the vault model file says of the whole vault. */
final class HeadSection {
    static final List<String> HASH_KEYS = List.of("algorithm");
    static final Map<String, HashAlgorithm> ALGORITHMS =
            Stream.of(HashAlgorithm.values()).collect(Collectors.toMap(HashAlgorithm::label, Function.identity()));

    private final Problems problems;

    HeadSection(Problems problems) {
        this.problems = problems;
    }

    VaultRules read(YamlFields file) {
        HashAlgorithm algorithm = file.node("hash")
                .map(node -> new YamlFields(node, HASH_KEYS, problems))
                .flatMap(this::algorithm)
                .orElse(VaultRules.STANDARD.algorithm());
        return new VaultRules(algorithm, file.flag("ghost-records", VaultRules.STANDARD.ghostRecords()));
    }

    private Optional<HashAlgorithm> algorithm(YamlFields hash) {
        Optional<Named> name = hash.required("algorithm");
        Optional<HashAlgorithm> known = name.map(n -> ALGORITHMS.get(n.name()));
        if (known.isEmpty()) {
            name.ifPresent(
                    n -> problems.addUnknown(n.where(), "algorithm", n.name(), new TreeSet<>(ALGORITHMS.keySet())));
        }
        return known;
    }
}
