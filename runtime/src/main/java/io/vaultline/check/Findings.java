package io.vaultline.check;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what the checks of one system find. */
public final class Findings {
    private final ErrorCode code;
    private final String where;
    private final List<Finding> found = new ArrayList<>();

    /**
     * @param code what the pipeline would fail with
     * @param where the system, without credentials
     */
    public Findings(ErrorCode code, String where) {
        this.code = code;
        this.where = where;
    }

    public void error(String what, Fix fix) {
        found.add(new Finding(Severity.ERROR, code, what, where, fix));
    }

    public void warning(String what, Fix fix) {
        found.add(new Finding(Severity.WARNING, code, what, where, fix));
    }

    public void note(String what, Fix fix) {
        found.add(new Finding(Severity.NOTE, code, what, where, fix));
    }

    /** One of a part of the system, such as {@code table public.users}. */
    public void of(Severity severity, String part, String what, Fix fix) {
        found.add(new Finding(severity, code, what, where + ", " + part, fix));
    }

    public void add(Finding finding) {
        found.add(finding);
    }

    public List<Finding> all() {
        return List.copyOf(found);
    }

    /**
     * Refuses to go on if there is an error.
     *
     * @throws PipelineException with all errors, in the words of the findings
     */
    public void throwErrors() {
        List<Finding> errors = found.stream().filter(Finding::isError).toList();
        if (errors.size() == 1) {
            Finding only = errors.get(0);
            throw new PipelineException(
                    only.code(), only.what(), only.where(), only.fix().whole());
        } else if (!errors.isEmpty()) {
            throw new PipelineException(
                    errors.get(0).code(),
                    errors.size() + " things are in the way:\n"
                            + errors.stream().map(Finding::what).collect(Collectors.joining("\n")),
                    where,
                    errors.stream().map(error -> error.fix().whole()).collect(Collectors.joining("\n")));
        }
    }
}
