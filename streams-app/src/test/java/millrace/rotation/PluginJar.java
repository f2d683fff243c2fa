package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Jars as somebody else would make them, of sources. */
final class PluginJar {
    private static final String SERVICE = "META-INF/services/millrace.rotation.plugin.SelectorPlugin";

    private PluginJar() {}

    /** Of a folder with java and resources in it, as Maven has them. */
    static Path of(Path sources, Path into) throws IOException {
        Path classes = Files.createTempDirectory(into, "classes");
        try (Stream<Path> files = Files.walk(sources.resolve("java"))) {
            compile(
                    files.filter(file -> file.toString().endsWith(".java"))
                            .<JavaFileObject>map(file -> new Source(file.toUri(), read(file)))
                            .toList(),
                    classes);
        }
        Path resources = sources.resolve("resources");
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = classes.resolve(resources.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return jar(classes, into);
    }

    /**
     * Of selectors.
     *
     * @param bodies of their classes, by name
     * @param missing one that is named, and is not there
     */
    static Path of(Path into, Map<String, String> bodies, String missing) throws IOException {
        Path classes = Files.createTempDirectory(into, "classes");
        List<JavaFileObject> sources = new ArrayList<>();
        bodies.forEach((name, body) -> {
            int dot = name.lastIndexOf('.');
            sources.add(new Source(
                    URI.create("string:///" + name.replace('.', '/') + ".java"),
                    "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                            + " implements millrace.rotation.plugin.SelectorPlugin { " + body
                            + " public millrace.rotation.plugin.PoolSelector open("
                            + "java.util.List<String> upstreams, java.util.random.RandomGenerator random) {"
                            + " return candidates -> 0; } }"));
        });
        compile(sources, classes);
        Path service = classes.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(
                service,
                Stream.concat(bodies.keySet().stream(), Stream.of(missing)).collect(Collectors.joining("\n")));
        return jar(classes, into);
    }

    private static void compile(List<JavaFileObject> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isDone = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            sources)
                    .call();
            assertThat(isDone).as(said.toString()).isTrue();
        }
    }

    private static Path jar(Path classes, Path into) throws IOException {
        Path jar = Files.createTempFile(into, "plugin", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(URI uri, String text) {
            super(uri, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
