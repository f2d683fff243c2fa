package millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @Test
    void noNameIsTheBeginningOfAnother() {
        List<String> names = Settings.all().stream().map(Setting::name).toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(names).noneMatch(other -> other.startsWith(name + ".")));
    }

    @Test
    void noTwoSettingsShareAnEnvironmentVariable() {
        assertThat(Settings.all().stream().map(Setting::environmentVariable)).doesNotHaveDuplicates();
    }

    @Test
    void settingsOfASectionStandTogether() {
        assertThat(Settings.all().stream()
                        .map(Setting::section)
                        .reduce("", (seen, section) -> seen.endsWith(section) ? seen : seen + " " + section)
                        .strip()
                        .split(" "))
                .doesNotHaveDuplicates();
    }

    @Test
    void everySettingIsDocumentedInASentence() {
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat(setting.doc()).matches("[A-Z].*[.].*"));
    }

    @Test
    void templateWithEverythingUncommentedIsTheDefaults(@TempDir Path folder) throws IOException {
        String uncommented = ConfigTemplate.text().replaceAll("(?m)^# ([a-z][a-z.]* = )", "$1");
        Path file = Files.writeString(folder.resolve("millrace.toml"), uncommented);

        Checked<Config> loaded = ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), List.of()));

        assertThat(loaded).isInstanceOf(Checked.Valid.class);
        Config config = ((Checked.Valid<Config>) loaded).value();
        assertThat(Settings.all()).allSatisfy(setting -> {
            if (setting.kind().shape() != Kind.Shape.TABLE) {
                assertThat(uncommented).contains("\n" + setting.key() + " = ");
            }
            assertThat((Object) config.get(setting)).isEqualTo(Config.defaults().get(setting));
        });
    }

    @Test
    void committedDocumentationIsThatOfTheRegistry() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .as("docs/configuration.md; make it anew with: ./millrace config docs > docs/configuration.md")
                .isEqualTo(ConfigDocs.text());
    }

    @Test
    void settingOutsideTheRegistryHasNoValue() {
        Setting<Integer> stranger = new Setting<>("a.stranger", Kind.count(0, 1), "0", "Nobody knows it.");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Config.defaults().get(stranger))
                .withMessageContaining("a.stranger");
    }
}
