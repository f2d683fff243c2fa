package millrace.upstream.openrtb.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number, or each of them, is from a list. A value that the list does not have yet is no fault; a strict check names it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Listed {
    Listing value();
}
