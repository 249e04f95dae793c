package io.vaultline.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vaultline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.vaultline.error..",
        "io.vaultline.event..",
        "io.vaultline.codec..",
        "io.vaultline.vault..",
        "io.vaultline.infer..",
        "io.vaultline.verify..",
        "io.vaultline.history.."
    };
    private static final String[] SHARED = {
        "io.vaultline.config..", "io.vaultline.kafka..", "io.vaultline.letter..", "io.vaultline.service.."
    };

    @ArchTest
    static final ArchRule PACKAGES_ARE_ACYCLIC =
            slices().matching("io.vaultline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vaultline.config..",
                    "io.vaultline.kafka..",
                    "io.vaultline.service..",
                    "io.vaultline.clickhouse..",
                    "io.vaultline.iceberg..",
                    "io.vaultline.capture..",
                    "io.vaultline.devstack..");

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "org.apache.kafka.clients..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule THE_CORE_HAS_NO_CLOCK_AND_NO_THREADS = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule WHAT_SERVICES_SHARE_KNOWS_NO_SERVICE = noClasses()
            .that()
            .resideInAnyPackage(SHARED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vaultline.clickhouse..",
                    "io.vaultline.iceberg..",
                    "io.vaultline.capture..",
                    "io.vaultline.devstack..");

    @ArchTest
    static final ArchRule LOADER_AND_WRITER_DONT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("io.vaultline.clickhouse..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vaultline.iceberg..", "io.vaultline.capture..", "io.vaultline.devstack..");

    @ArchTest
    static final ArchRule WRITER_KNOWS_NO_OTHER_SERVICE = noClasses()
            .that()
            .resideInAPackage("io.vaultline.iceberg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vaultline.clickhouse..", "io.vaultline.capture..", "io.vaultline.devstack..");

    @ArchTest
    static final ArchRule THE_DEVSTACK_KNOWS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("io.vaultline.devstack..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.vaultline..").and(resideOutsideOfPackage("io.vaultline.devstack..")));

    @ArchTest
    static final ArchRule NO_STATIC_MUTABLE_STATE =
            noFields().that().areStatic().should().notBeFinal();

    /** A rule over no classes passes; this one fails if a module isn't on the class path. */
    @ArchTest
    static void everyModuleIsLookedAt(JavaClasses classes) {
        assertThat(classes.stream().map(c -> c.getPackageName()))
                .contains(
                        "io.vaultline.event",
                        "io.vaultline.kafka",
                        "io.vaultline.clickhouse.load",
                        "io.vaultline.iceberg",
                        "io.vaultline.devstack",
                        "io.vaultline.capture");
    }
}
