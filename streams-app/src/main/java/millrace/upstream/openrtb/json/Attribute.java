package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attribute of an object, with what is asked of it. */
public final class Attribute {
    private final SerializedString name;
    private final int index;
    private final AttributeType type;
    private final @Nullable Shape<?> shape;
    private final Function<Object, @Nullable Object> getter;
    private final Asked asked;

    Attribute(
            String name,
            int index,
            AttributeType type,
            @Nullable Shape<?> shape,
            Function<Object, @Nullable Object> getter,
            Asked asked) {
        this.name = new SerializedString(name);
        this.index = index;
        this.type = type;
        this.shape = shape;
        this.getter = getter;
        this.asked = asked;
    }

    public String name() {
        return name.getValue();
    }

    public AttributeType type() {
        return type;
    }

    /**
     * The shape of the objects that it holds.
     *
     * @throws IllegalStateException when it holds none
     */
    public Shape<?> ofObjects() {
        if (shape == null) {
            throw new IllegalStateException(name + " holds no objects");
        }
        return shape;
    }

    public Asked asked() {
        return asked;
    }

    /** Whether anything is asked of its value, so that a check must look at it. */
    boolean isChecked() {
        return switch (type) {
            case OPEN -> false;
            case TEXT -> asked.required() || asked.longest() < Integer.MAX_VALUE;
            case TEXTS -> asked.required();
            case INTEGER, DECIMAL, OBJECT, INTEGERS, OBJECTS -> true;
        };
    }

    /** The value in a record of this attribute's shape. */
    public @Nullable Object of(Object holder) {
        return getter.apply(holder);
    }

    int index() {
        return index;
    }

    SerializedString written() {
        return name;
    }
}
