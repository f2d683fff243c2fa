package millrace.upstream.openrtb.json;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes attributes from the components of a record. */
final class AttributeReader {
    static final MethodType GET = MethodType.methodType(Object.class, Object.class);
    static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

    private AttributeReader() {}

    static Attribute attribute(
            RecordComponent component, int index, MethodHandles.Lookup lookup, Map<Class<?>, Shape<?>> known)
            throws IllegalAccessException {
        String name = Optional.ofNullable(component.getAnnotation(Named.class))
                .map(Named::value)
                .orElse(component.getName());
        AttributeType type = typeOf(component);
        return new Attribute(
                name, index, type, shapeOf(component, type, known), getter(component, lookup), Asked.of(component));
    }

    /** A class that calls the accessor: a handle that is no constant is several times slower, and each message asks each attribute. */
    @SuppressWarnings("unchecked")
    private static Function<Object, @Nullable Object> getter(RecordComponent component, MethodHandles.Lookup lookup)
            throws IllegalAccessException {
        MethodHandle accessor = lookup.unreflect(component.getAccessor());
        try {
            return (Function<Object, @Nullable Object>) LambdaMetafactory.metafactory(
                            lookup, "apply", MethodType.methodType(Function.class), GET, accessor, accessor.type())
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalArgumentException(component + " has no accessor that can be called", e);
        }
    }

    private static AttributeType typeOf(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            Class<?> element = elementOf(component);
            return element == String.class
                    ? AttributeType.TEXTS
                    : element == Integer.class ? AttributeType.INTEGERS : AttributeType.OBJECTS;
        }
        if (type == String.class) {
            return AttributeType.TEXT;
        }
        if (type == Integer.class) {
            return AttributeType.INTEGER;
        }
        if (type == BigDecimal.class) {
            return AttributeType.DECIMAL;
        }
        return type == Json.class ? AttributeType.OPEN : AttributeType.OBJECT;
    }

    private static @Nullable Shape<?> shapeOf(
            RecordComponent component, AttributeType type, Map<Class<?>, Shape<?>> known) {
        return switch (type) {
            case OBJECT -> Shape.of(component.getType().asSubclass(Record.class), known);
            case OBJECTS -> Shape.of(elementOf(component).asSubclass(Record.class), known);
            case TEXT, INTEGER, DECIMAL, OPEN, TEXTS, INTEGERS -> null;
        };
    }

    private static Class<?> elementOf(RecordComponent component) {
        Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) element;
    }
}
