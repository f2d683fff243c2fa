package millrace.devkit.registry;

import java.util.Optional;
import java.util.stream.Stream;

/** Whether schemas may be registered. IMPORT, in which clients choose ids, is taken for READWRITE. */
enum RegistryMode {
    READWRITE,
    READONLY,
    IMPORT;

    static Optional<RegistryMode> named(String name) {
        return Stream.of(values()).filter(mode -> mode.name().equals(name)).findFirst();
    }
}
