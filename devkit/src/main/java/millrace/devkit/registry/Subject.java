package millrace.devkit.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The versions of one subject, oldest first. Not safe for threads; {@link Subjects} is. */
final class Subject {

    private final String name;
    private final List<Version> versions = new ArrayList<>();
    private int lastNumber;

    Subject(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<Version> versions(boolean withDeleted) {
        return versions.stream()
                .filter(version -> withDeleted || !version.deleted())
                .toList();
    }

    Optional<Version> of(Schema schema, boolean withDeleted) {
        String text = schema.toString();
        return versions(withDeleted).stream()
                .filter(version -> version.text().equals(text))
                .reduce((older, newer) -> newer);
    }

    /** @param wanted a number, or {@code latest} or {@code -1} for the newest */
    Version version(String wanted, boolean withDeleted) {
        List<Version> visible = versions(withDeleted);
        if (isLatest(wanted)) {
            if (visible.isEmpty()) {
                throw ApiError.subjectNotFound(name);
            }
            return visible.getLast();
        }
        int number = number(wanted);
        return visible.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> ApiError.versionNotFound(wanted));
    }

    Version add(int id, Schema schema) {
        var version = new Version(++lastNumber, id, schema, false);
        versions.add(version);
        return version;
    }

    /** All versions: hidden first, gone the second time with {@code permanent}. Returns their numbers. */
    List<Integer> delete(boolean permanent) {
        List<Version> visible = versions(false);
        if (permanent && !visible.isEmpty()) {
            throw ApiError.subjectNotSoftDeleted(name);
        }
        if (!permanent && visible.isEmpty()) {
            throw ApiError.subjectSoftDeleted(name);
        }
        List<Integer> numbers =
                (permanent ? versions : visible).stream().map(Version::number).toList();
        if (permanent) {
            versions.clear();
        } else {
            versions.replaceAll(Version::markDeleted);
        }
        return numbers;
    }

    int delete(String wanted, boolean permanent) {
        Version version = version(wanted, true);
        if (permanent && !version.deleted()) {
            throw ApiError.versionNotSoftDeleted(name, version.number());
        }
        if (!permanent && version.deleted()) {
            throw ApiError.versionSoftDeleted(name, version.number());
        }
        int index = versions.indexOf(version);
        if (permanent) {
            versions.remove(index);
        } else {
            versions.set(index, version.markDeleted());
        }
        return version.number();
    }

    static boolean isLatest(String wanted) {
        return wanted.equals("latest") || wanted.equals("-1");
    }

    private static int number(String wanted) {
        try {
            int number = Integer.parseInt(wanted);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ApiError.invalidVersion(wanted);
    }
}
