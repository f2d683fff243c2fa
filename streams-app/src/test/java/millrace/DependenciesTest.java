package millrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies between the rooms point one way. */
@AnalyzeClasses(packages = "millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule roomsDependOnEarlierValuesOnly = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("millrace..")
            .withOptionalLayers(true)
            .layer("values")
            .definedBy(
                    "millrace.money..",
                    "millrace.check..",
                    "millrace.schemas..",
                    "millrace.trace..",
                    "millrace.wire..",
                    "millrace.topics..")
            .layer("catalog")
            .definedBy("millrace.catalog")
            .layer("session")
            .definedBy("millrace.session..")
            .layer("selection")
            .definedBy("millrace.selection..")
            .layer("rotation")
            .definedBy("millrace.rotation..")
            .layer("upstream")
            .definedBy("millrace.upstream..")
            .layer("caps")
            .definedBy("millrace.caps..")
            .layer("budget")
            .definedBy("millrace.budget..")
            .layer("intake")
            .definedBy("millrace.intake..")
            .layer("delivery")
            .definedBy("millrace.delivery..")
            .layer("impression")
            .definedBy("millrace.impression..")
            .layer("pod")
            .definedBy("millrace.pod..")
            .layer("decision")
            .definedBy("millrace.decision..")
            .layer("root")
            .definedBy(
                    "millrace",
                    "millrace.config..",
                    "millrace.query..",
                    "millrace.cli..",
                    "millrace.audit..",
                    "millrace.catalog.file..")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("decision")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("pod")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("impression")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("delivery")
            .mayOnlyBeAccessedByLayers("impression", "decision", "root")
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("delivery", "decision", "root")
            .whereLayer("budget")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("caps")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("delivery", "decision", "root")
            .whereLayer("rotation")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("selection")
            .mayOnlyBeAccessedByLayers("decision", "root")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("selection", "upstream", "intake", "delivery", "impression", "decision", "root");

    @ArchTest
    static final ArchRule theDevkitIsNeverInside =
            noClasses().should().dependOnClassesThat(resideInAPackage("millrace.devkit.."));

    @ArchTest
    static final ArchRule pureRoomsKnowNeitherKafkaNorHttp = noClasses()
            .that()
            .resideInAnyPackage(
                    "millrace.money..",
                    "millrace.selection..",
                    "millrace.rotation..",
                    "millrace.upstream.vast..",
                    "millrace.upstream.openrtb..",
                    "millrace.pod..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
            .orShould()
            .dependOnClassesThat(resideInAPackage("org.apache.hc.."));
}
