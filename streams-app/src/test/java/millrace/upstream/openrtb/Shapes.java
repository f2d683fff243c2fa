package millrace.upstream.openrtb;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.upstream.openrtb.json.AttributeType;
import millrace.upstream.openrtb.json.Shape;

/** The shapes of all objects within others. */
public final class Shapes {
    private Shapes() {}

    public static Collection<Shape<?>> of(Shape<?>... roots) {
        Map<String, Shape<?>> shapes = new LinkedHashMap<>();
        for (Shape<?> root : roots) {
            collect(root, shapes);
        }
        return shapes.values();
    }

    private static void collect(Shape<?> shape, Map<String, Shape<?>> shapes) {
        if (shapes.putIfAbsent(shape.name(), shape) == null) {
            shape.attributes().stream()
                    .filter(attribute ->
                            attribute.type() == AttributeType.OBJECT || attribute.type() == AttributeType.OBJECTS)
                    .forEach(attribute -> collect(attribute.ofObjects(), shapes));
        }
    }
}
