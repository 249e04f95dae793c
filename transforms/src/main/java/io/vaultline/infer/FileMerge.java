package io.vaultline.infer;

import io.vaultline.error.PipelineException;
import io.vaultline.vault.file.DeclaredEnd;
import io.vaultline.vault.file.DeclaredHub;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.file.VaultFileText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adds proposals to a vault model file and leaves every other character as it is. A proposal that the file has, also as a
 * comment, is not added: so a user who does not want one comments it out.
 */
public final class FileMerge {
    private static final Pattern COMMENTED =
            Pattern.compile("(?m)^[ \\t]*#[ \\t]*-[ \\t]*(\\{[^\\r\\n]*})[ \\t]*\\r?$");

    private final String text;
    private final String file;
    private final DeclaredModel declared;

    private FileMerge(String text, String file) {
        this.text = text;
        this.file = file;
        this.declared = VaultFile.parse(text, file);
    }

    /**
     * A file with proposals in it.
     *
     * @param added how many statements it has more, those as comments included
     */
    public record Merged(String text, int added) {}

    /**
     * Sure proposals become statements, the others comments, each below its reason.
     *
     * @param file its name, for messages
     * @throws PipelineException {@code MODEL_INVALID} if the text is no vault model file
     */
    public static Merged merge(String text, String file, List<Proposal> proposals) {
        return merge(text, file, proposals, List.of());
    }

    /**
     * The same with multi-active satellites. One of an entity that the file states something of already becomes a comment,
     * since each entity is stated once.
     */
    public static Merged merge(String text, String file, List<Proposal> proposals, List<SetProposal> sets) {
        return new FileMerge(text, file).merged(proposals, sets);
    }

    private Merged merged(List<Proposal> proposals, List<SetProposal> sets) {
        List<Proposal> wanted = wanted(proposals);
        List<SectionInsert.Item> hubs = new ArrayList<>();
        List<SectionInsert.Item> links = new ArrayList<>();
        for (Proposal proposal : wanted) {
            proposal.hub().ifPresent(hub -> hubs.add(hubItem(hub, wanted)));
            links.add(new SectionInsert.Item(proposal.reason(), VaultFileText.of(proposal.link()), proposal.isSure()));
        }
        List<SectionInsert.Item> entities =
                sets.stream().flatMap(set -> setItem(set).stream()).toList();
        String merged = SectionInsert.into(text, file, "hubs", hubs);
        merged = SectionInsert.into(merged, file, "entities", entities);
        merged = SectionInsert.into(merged, file, "links", links);
        VaultFile.parse(merged, file); // what was valid must stay so
        return new Merged(merged, hubs.size() + entities.size() + links.size());
    }

    private Optional<SectionInsert.Item> setItem(SetProposal set) {
        boolean isStated = names(declared, set.entity());
        boolean isRefused = commented("entities").anyMatch(comment -> names(comment, set.entity()));
        boolean hasAll = set.arrays().stream().allMatch(array -> text.contains("array: " + array));
        if (isRefused || (isStated && hasAll)) {
            return Optional.empty();
        }
        String reason =
                isStated ? set.reason() + "; to be added to what stands of `" + set.entity() + "`" : set.reason();
        return Optional.of(new SectionInsert.Item(reason, set.statement(), !isStated));
    }

    private static boolean names(DeclaredModel model, String entity) {
        return model.entities().stream()
                .anyMatch(declaredEntity -> declaredEntity.name().name().equals(entity));
    }

    private static SectionInsert.Item hubItem(DeclaredHub hub, List<Proposal> wanted) {
        boolean isSure = wanted.stream()
                .anyMatch(proposal -> proposal.isSure()
                        && proposal.link()
                                .ends()
                                .get(0)
                                .to()
                                .name()
                                .equals(hub.name().name()));
        return new SectionInsert.Item("a business key that links below name", VaultFileText.of(hub), isSure);
    }

    /** Those that the file neither has nor refuses; without a hub that it refuses there is no link to it. */
    private List<Proposal> wanted(List<Proposal> proposals) {
        Set<List<Object>> known = new HashSet<>();
        Stream.concat(declared.links().stream(), commented("links").flatMap(model -> model.links().stream()))
                .forEach(link -> link.ends().forEach(end -> known.add(List.of(link.from(), end.paths()))));
        Set<String> refused = new HashSet<>();
        List<Proposal> wanted = new ArrayList<>();
        for (Proposal proposal : proposals) {
            DocumentLink link = proposal.link();
            DeclaredEnd end = link.ends().get(0);
            if (known.contains(List.of(link.from(), end.paths()))) {
                proposal.hub().ifPresent(hub -> refused.add(hub.name().name()));
            } else if (!refused.contains(end.to().name())) {
                wanted.add(proposal);
            }
        }
        return wanted;
    }

    /** Statements of a section that stand in comments. */
    private Stream<DeclaredModel> commented(String section) {
        List<DeclaredModel> statements = new ArrayList<>();
        Matcher comment = COMMENTED.matcher(text);
        while (comment.find()) {
            statement(section, comment.group(1)).ifPresent(statements::add);
        }
        return statements.stream();
    }

    private Optional<DeclaredModel> statement(String section, String statement) {
        try {
            return Optional.of(VaultFile.parse(section + ": [" + statement + "]", file));
        } catch (PipelineException e) {
            return Optional.empty(); // a comment can say anything
        }
    }
}
