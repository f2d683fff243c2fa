package millrace.upstream.openrtb.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record in the making: attributes by their name in the specification. For one thread. */
public final class Draft<R extends Record> {
    private final Shape<R> shape;
    private final @Nullable Object[] values;
    private final Others others;

    Draft(Shape<R> shape, @Nullable Object[] values, Others others) {
        this.shape = shape;
        this.values = values;
        this.others = others;
    }

    /**
     * @param value null takes the attribute away
     * @throws IllegalArgumentException when the record has no such attribute; its type is looked at in {@link #make()}
     */
    public Draft<R> set(String attribute, @Nullable Object value) {
        Attribute known = shape.known(attribute);
        if (known == null) {
            throw new IllegalArgumentException(shape.name() + " has no attribute " + attribute);
        }
        values[known.index()] = value instanceof List<?> list ? List.copyOf(list) : value;
        return this;
    }

    public R make() {
        return shape.make(values, others);
    }
}
