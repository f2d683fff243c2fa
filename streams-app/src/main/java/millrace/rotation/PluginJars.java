package millrace.rotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.catalog.PoolRules;
import millrace.check.Checked;
import millrace.check.Faults;
import millrace.rotation.plugin.FilterPlugin;
import millrace.rotation.plugin.SelectorPlugin;
import millrace.schemas.SelectorKind;

/**
 * Finds plugins in jars, and on the class path of the process. Each jar, and each folder of jars, has a class loader of its own over that of the process: two of them may bring
 * two versions of the same library. Whatever is wrong with any of them is told, all at once, before anything runs. Nothing is unloaded until the process ends.
 */
public final class PluginJars {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Set<String> OWN_SELECTORS = Stream.of(SelectorKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.toUnmodifiableSet());
    private static final int MAX_JARS = 1_000;
    private static final int MAX_PLUGINS = 1_000;

    private final Faults faults = new Faults();
    private final Map<String, SelectorPlugin> selectors = new HashMap<>();
    private final Map<String, Plugins.OfFilter> filters = new HashMap<>();
    private final String setting;
    private int found;

    private PluginJars(String setting) {
        this.setting = setting;
    }

    /**
     * @param setting where the paths stand, for messages
     * @param from jars, and folders with jars
     */
    public static Checked<Plugins> load(String setting, List<Path> from) {
        PluginJars jars = new PluginJars(setting);
        ClassLoader own = PluginJars.class.getClassLoader();
        jars.take("the class path", own);
        for (Path path : from) {
            jars.take(path, own);
        }
        return jars.faults.orValid(() -> new Plugins(jars.selectors, jars.filters));
    }

    private void take(Path path, ClassLoader parent) {
        List<URL> urls;
        try {
            urls = jars(path);
        } catch (IOException | UncheckedIOException e) {
            faults.add(setting, path + " cannot be read: " + e.getMessage());
            return;
        }
        if (urls.isEmpty()) {
            faults.add(setting, path + " is neither a jar nor a folder with one");
            return;
        }
        int before = found;
        take(path.toString(), new URLClassLoader("plugins of " + path, urls.toArray(URL[]::new), parent));
        faults.require(found > before, setting, path + " has no plugin that a file in META-INF/services names");
    }

    private static List<URL> jars(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(jar(path));
        }
        try (Stream<Path> files = Files.list(path)) {
            List<URL> urls = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(".jar"))
                    .sorted()
                    .limit(MAX_JARS)
                    .toList()) {
                urls.add(jar(file));
            }
            return urls;
        }
    }

    /** Opened once, so that what is no jar is told now and not as a class that is not found. */
    private static URL jar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Objects.requireNonNull(jar);
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IOException("its name is no URL", e);
        }
    }

    private void take(String where, ClassLoader loader) {
        each(where, ServiceLoader.load(SelectorPlugin.class, loader), loader, this::selector);
        each(where, ServiceLoader.load(FilterPlugin.class, loader), loader, this::filter);
    }

    @SuppressWarnings("ReferenceEquality") // A class loader is one by being it.
    private <T> void each(String where, ServiceLoader<T> services, ClassLoader loader, Consumer<T> into) {
        Iterator<ServiceLoader.Provider<T>> providers = services.stream().iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<T> provider = providers.next();
                // Those of the class path are found through every loader, and are taken once.
                if (provider.type().getClassLoader() == loader) {
                    found++;
                    into.accept(provider.get());
                }
            } catch (Throwable e) {
                // Of somebody else's making: whatever its loading throws is a reason not to start with it.
                found++;
                faults.add(setting, where + ": a plugin cannot be loaded: " + told(e));
                if (found > MAX_PLUGINS) {
                    return;
                }
            }
        }
    }

    private static String told(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e) : e.getMessage() + ": " + cause;
    }

    private void selector(SelectorPlugin plugin) {
        named(plugin, SelectorPlugin::name, OWN_SELECTORS, selectors.keySet(), name -> selectors.put(name, plugin));
    }

    private void filter(FilterPlugin plugin) {
        named(
                plugin,
                FilterPlugin::name,
                Set.copyOf(PoolRules.USUAL_FILTERS),
                filters.keySet(),
                name -> filters.put(name, new Plugins.OfFilter(plugin, plugin.letsWhenBroken(), plugin.isLasting())));
    }

    private <T> void named(
            T plugin, Function<T, String> naming, Set<String> own, Set<String> others, Consumer<String> into) {
        String type = plugin.getClass().getName();
        String name = Objects.requireNonNullElse(naming.apply(plugin), "");
        if (!NAME.matcher(name).matches()) {
            faults.add(setting, type + " has a name that is not 1 to 64 of small letters, digits and dashes");
        } else if (own.contains(name) || others.contains(name)) {
            faults.add(setting, type + " is named '" + name + "', and another has that name");
        } else {
            into.accept(name);
        }
    }
}
