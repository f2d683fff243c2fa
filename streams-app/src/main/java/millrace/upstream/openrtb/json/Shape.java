package millrace.upstream.openrtb.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object: its components are the attributes, but for the last, which holds what is not known. Taken from the record's
 * class once; what runs a message goes through method handles.
 */
public final class Shape<R extends Record> {
    private static final ClassValue<Shape<?>> SHAPES = new ClassValue<>() {
        @Override
        protected Shape<?> computeValue(Class<?> type) {
            return of(type.asSubclass(Record.class), new HashMap<>());
        }
    };

    private final String name;
    private final List<Attribute> attributes;
    private final List<Attribute> checked;
    private final Map<String, Attribute> byName = new HashMap<>();
    private final MethodHandle make;
    private final MethodHandle others;

    private Shape(Class<R> type, Map<Class<?>, Shape<?>> known) {
        RecordComponent[] components = type.getRecordComponents();
        List<Attribute> found = new ArrayList<>();
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length - 1; i++) {
                found.add(AttributeReader.attribute(components[i], i, lookup, known));
            }
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            this.make = lookup.unreflectConstructor(type.getConstructor(parameters))
                    .asSpreader(Object[].class, components.length)
                    .asType(AttributeReader.MAKE);
            this.others = lookup.unreflect(components[components.length - 1].getAccessor())
                    .asType(AttributeReader.GET);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is not a public record that ends in its others", e);
        }
        this.name = type.getSimpleName();
        this.attributes = List.copyOf(found);
        this.checked = found.stream().filter(Attribute::isChecked).toList();
        attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    }

    /** The same for everybody: each look makes hundreds of small classes. Safe for many threads. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> Shape<R> of(Class<R> type) {
        return (Shape<R>) SHAPES.get(type);
    }

    /** @param known of records that were met before: most are within several others */
    @SuppressWarnings("unchecked")
    static <R extends Record> Shape<R> of(Class<R> type, Map<Class<?>, Shape<?>> known) {
        Shape<?> before = known.get(type);
        if (before != null) {
            return (Shape<R>) before;
        }
        Shape<R> shape = new Shape<>(type, known);
        known.put(type, shape);
        return shape;
    }

    /** The object's name in the specification. */
    public String name() {
        return name;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /** Those whose values can be wrong. */
    public List<Attribute> checked() {
        return checked;
    }

    public Optional<Attribute> attribute(String attribute) {
        return Optional.ofNullable(byName.get(attribute));
    }

    /** A record with nothing in it yet. */
    public Draft<R> draft() {
        return new Draft<>(this, new @Nullable Object[attributes.size()], Others.NONE);
    }

    /** The same record, to be changed on the way to another. */
    public Draft<R> draft(R from) {
        @Nullable Object[] values = new @Nullable Object[attributes.size()];
        for (Attribute attribute : attributes) {
            values[attribute.index()] = attribute.of(from);
        }
        return new Draft<>(this, values, othersOf(from));
    }

    @Nullable
    Attribute known(String attribute) {
        return byName.get(attribute);
    }

    @SuppressWarnings("unchecked")
    R make(@Nullable Object[] values, Others unknown) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = unknown;
        try {
            return (R) (Object) make.invokeExact(all);
        } catch (Throwable e) {
            throw new IllegalStateException(name + " cannot be made", e);
        }
    }

    Others othersOf(Object holder) {
        try {
            return (Others) (Object) others.invokeExact(holder);
        } catch (Throwable e) {
            throw new IllegalStateException(name + " has no others", e);
        }
    }
}
