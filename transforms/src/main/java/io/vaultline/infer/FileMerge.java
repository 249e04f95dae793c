package io.vaultline.infer;

import io.vaultline.error.PipelineException;
import io.vaultline.vault.DeclaredHub;
import io.vaultline.vault.DeclaredModel;
import io.vaultline.vault.DocumentLink;
import io.vaultline.vault.VaultFile;
import io.vaultline.vault.VaultFileText;
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
        return new FileMerge(text, file).merge(proposals);
    }

    private Merged merge(List<Proposal> proposals) {
        List<Proposal> wanted = wanted(proposals);
        List<SectionInsert.Item> hubs = new ArrayList<>();
        List<SectionInsert.Item> links = new ArrayList<>();
        for (Proposal proposal : wanted) {
            proposal.hub().ifPresent(hub -> hubs.add(hubItem(hub, wanted)));
            links.add(new SectionInsert.Item(proposal.reason(), VaultFileText.of(proposal.link()), proposal.isSure()));
        }
        String merged = SectionInsert.into(text, file, "hubs", hubs);
        merged = SectionInsert.into(merged, file, "links", links);
        VaultFile.parse(merged, file); // what was valid must stay so
        return new Merged(merged, hubs.size() + links.size());
    }

    private static SectionInsert.Item hubItem(DeclaredHub hub, List<Proposal> wanted) {
        boolean isSure = wanted.stream()
                .anyMatch(proposal -> proposal.isSure()
                        && proposal.link().to().equals(hub.name().name()));
        return new SectionInsert.Item("a business key that links below name", VaultFileText.of(hub), isSure);
    }

    /** Those that the file neither has nor refuses; without a hub that it refuses there is no link to it. */
    private List<Proposal> wanted(List<Proposal> proposals) {
        Set<List<Object>> known = new HashSet<>();
        Stream.concat(declared.links().stream(), commented().stream())
                .forEach(link -> known.add(List.of(link.from(), link.paths())));
        Set<String> refused = new HashSet<>();
        List<Proposal> wanted = new ArrayList<>();
        for (Proposal proposal : proposals) {
            DocumentLink link = proposal.link();
            if (known.contains(List.of(link.from(), link.paths()))) {
                proposal.hub().ifPresent(hub -> refused.add(hub.name().name()));
            } else if (!refused.contains(link.to())) {
                wanted.add(proposal);
            }
        }
        return wanted;
    }

    private List<DocumentLink> commented() {
        List<DocumentLink> links = new ArrayList<>();
        Matcher comment = COMMENTED.matcher(text);
        while (comment.find()) {
            link(comment.group(1)).ifPresent(links::add);
        }
        return links;
    }

    private Optional<DocumentLink> link(String statement) {
        try {
            return VaultFile.parse("links: [" + statement + "]", file).links().stream()
                    .findFirst();
        } catch (PipelineException e) {
            return Optional.empty(); // a comment can say anything
        }
    }
}
