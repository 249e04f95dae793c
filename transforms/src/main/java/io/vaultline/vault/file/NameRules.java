package io.vaultline.vault.file;

import io.vaultline.vault.model.ColumnNames;
import io.vaultline.vault.value.DocumentPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What names in the vault model file can be; each that can't is a problem. */
final class NameRules {
    /** What every store takes unquoted and unchanged, with room for what we put in front and behind. */
    static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final Problems problems;

    NameRules(Problems problems) {
        this.problems = problems;
    }

    boolean isName(Named name) {
        if (NAME.matcher(name.name()).matches()) {
            return true;
        }
        problems.add(
                name.where(),
                "`" + name + "` can't be a name in ClickHouse and everywhere else: up to 63 of a-z, 0-9 and _, no digit"
                        + " first");
        return false;
    }

    /** A name of a column that no vault table has for itself. */
    boolean isColumn(Named name) {
        if (ColumnNames.isInternal(name.name())) {
            problems.add(name.where(), "`" + name + "` is a column of the vault's own");
            return false;
        }
        return isName(name);
    }

    boolean isPath(Named path) {
        try {
            DocumentPath.parse(path.name());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(path.where(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    void refuseTwice(String kind, List<Named> names) {
        Set<String> seen = new HashSet<>();
        for (Named name : names) {
            if (!seen.add(name.name())) {
                problems.add(name.where(), "a second " + kind + " `" + name + "`");
            }
        }
    }
}
