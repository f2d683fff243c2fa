package millrace.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.config.Setting;
import millrace.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineSettingsTest {
    private static final PipelineSettings SOME = PipelineSettings.DEFAULTS
            .with(Settings.TOPICS_PARTITIONS, 7)
            .with(Settings.STATE_DIR, "C:\\a \"b\"")
            .with(Settings.REPLY_TOPICS, "one,two")
            .with("kafka.client.security.protocol", "SSL");

    @Test
    void fileOfThemSaysTheSameAsTheyDo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("millrace.toml"), SOME.toml());

        Checked<Config> read = ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), List.of()));

        assertThat(read).isInstanceOfSatisfying(Checked.Valid.class, valid -> {
            Config config = (Config) valid.value();
            for (Setting<?> setting : Settings.all()) {
                assertThat((Object) config.get(setting))
                        .as(setting.name())
                        .isEqualTo(SOME.config().get(setting));
            }
        });
        assertThat(SOME.config().get(Settings.REPLY_TOPICS)).containsExactly("one", "two");
    }

    @Test
    void valueThatIsNotAllowedIsRefused() {
        assertThatThrownBy(() -> SOME.with(Settings.TOPICS_PARTITIONS, 0).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topics.partitions");
    }
}
