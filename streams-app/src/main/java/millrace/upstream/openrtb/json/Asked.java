package millrace.upstream.openrtb.json;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the specification asks of a value.
 *
 * @param least of numbers
 * @param most of numbers
 * @param longest of texts, in characters
 * @param listing that numbers are from, if any
 */
public record Asked(
        boolean required,
        long least,
        long most,
        int longest,
        @Nullable Listing listing) {

    static Asked of(AnnotatedElement component) {
        Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
        return new Asked(
                component.isAnnotationPresent(Required.class),
                range.map(Range::least).orElse(0L),
                range.map(Range::most).orElse(Long.MAX_VALUE),
                Optional.ofNullable(component.getAnnotation(Longest.class))
                        .map(Longest::value)
                        .orElse(Integer.MAX_VALUE),
                Optional.ofNullable(component.getAnnotation(Listed.class))
                        .map(Listed::value)
                        .orElse(null));
    }
}
