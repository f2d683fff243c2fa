package millrace.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** {@code millrace.toml}: every leaf of the file is the value of a setting. */
final class TomlFile {
    private final Path path;
    private final WrittenSettings into;

    TomlFile(Path path, WrittenSettings into) {
        this.path = path;
        this.into = into;
    }

    void read() {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            into.fault(path.toString(), "no such file");
            return;
        } catch (CharacterCodingException e) {
            into.fault(path.toString(), "is not UTF-8");
            return;
        } catch (IOException e) {
            into.fault(path.toString(), "cannot be read: " + e.getMessage());
            return;
        }
        TomlParseResult parsed = Toml.parse(text);
        for (TomlParseError error : parsed.errors()) {
            into.fault(where(error.position()), String.valueOf(error.getMessage()));
        }
        for (List<String> key : parsed.keyPathSet(false)) {
            put(String.join(".", key), parsed.get(key), where(parsed.inputPositionOf(key)));
        }
    }

    private void put(String name, Object value, String where) {
        if (value instanceof TomlArray array) {
            items(array)
                    .ifPresentOrElse(
                            items -> into.put(name, new Written(items, true, where)),
                            () -> into.fault(where, name + " is a list of something else than texts and numbers"));
            return;
        }
        scalar(value)
                .ifPresentOrElse(
                        text -> into.put(name, Written.of(text, where)),
                        () -> into.fault(where, name + " is neither a text nor a number nor true or false"));
    }

    private static Optional<List<String>> items(TomlArray array) {
        List<String> items = new ArrayList<>();
        for (Object item : array.toList()) {
            scalar(item).ifPresent(items::add);
        }
        return items.size() == array.size() ? Optional.of(items) : Optional.empty();
    }

    private static Optional<String> scalar(Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case Long number -> Optional.of(number.toString());
            case Double number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            default -> Optional.empty();
        };
    }

    private String where(TomlPosition position) {
        return path + ":" + position.line() + ":" + position.column();
    }
}
