package millrace.upstream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldFileTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        byte[] latin = {'<', (byte) 0xE4, '>'};
        World.Moment moment = new World.Moment("c", "01234567", Instant.parse("2026-01-17T08:15:07.127Z"));
        Map<String, Page> pages = Map.of(
                "https://a.example/",
                        new Page.Answer(
                                200, Map.of("Content-Type", "text/xml"), "кино".getBytes(StandardCharsets.UTF_8)),
                "https://b.example/", new Page.Answer(404, Map.of(), latin),
                "https://c.example/", new Page.Timeout(),
                "https://d.example/", new Page.Broken("no address"));
        Path file = folder.resolve("world.json");

        WorldFile.write(new World("https://a.example/", Optional.of(3), moment, pages), file);
        World back = WorldFile.read(file);

        assertThat(back.startUrl()).isEqualTo("https://a.example/");
        assertThat(back.maxWrappers()).contains(3);
        assertThat(back.moment()).isEqualTo(moment);
        assertThat(answer(back, "https://a.example/").body()).isEqualTo("кино".getBytes(StandardCharsets.UTF_8));
        assertThat(answer(back, "https://b.example/").body()).isEqualTo(latin);
        assertThat(back.pages().get("https://c.example/")).isEqualTo(new Page.Timeout());
        assertThat(back.pages().get("https://d.example/")).isEqualTo(new Page.Broken("no address"));
    }

    private static Page.Answer answer(World world, String url) {
        return (Page.Answer) world.pages().getOrDefault(url, new Page.Timeout());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|is not JSON",
                "{}|a world has startUrl",
                "{\"startUrl\":\"x\",\"http\":[]}|a world has startUrl",
                "{\"startUrl\":\"x\",\"http\":{\"u\":{\"status\":9}}}|status is 9",
                "{\"startUrl\":\"x\",\"http\":{\"u\":{\"status\":200,\"bodyBase64\":\"?\"}}}|bodyBase64",
                "{\"startUrl\":\"x\",\"http\":{},\"moment\":{\"timestamp\":\"soon\"}}|moment.timestamp is 'soon'"
            })
    void whatIsNoWorldSaysWhatIsWrong(String json, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("world.json"), json);

        assertThatThrownBy(() -> WorldFile.read(file))
                .isInstanceOf(WorldFile.Unreadable.class)
                .hasMessageContaining(message);
    }
}
