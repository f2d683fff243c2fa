package millrace.upstream.openrtb.check;

import java.math.BigDecimal;
import java.util.List;
import millrace.upstream.openrtb.json.Asked;
import millrace.upstream.openrtb.json.Attribute;
import millrace.upstream.openrtb.json.FaultList;
import millrace.upstream.openrtb.json.Listing;
import millrace.upstream.openrtb.json.Place;
import millrace.upstream.openrtb.json.Shape;
import org.jspecify.annotations.Nullable;

/** Checks an object and all within it: first each attribute by itself, then those that depend on each other. For one message. */
final class ObjectCheck {
    private final FaultList faults;
    private final Strictness strictness;

    ObjectCheck(FaultList faults, Strictness strictness) {
        this.faults = faults;
        this.strictness = strictness;
    }

    void check(Shape<?> shape, Object holder, Place place) {
        List<Attribute> attributes = shape.checked();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            Object value = attribute.of(holder);
            if (value != null) {
                check(attribute, value, place);
            } else if (attribute.asked().required()) {
                faults.addMissing(place.in(attribute.name()));
            }
        }
        RelationCheck.check(holder, place, strictness, faults);
    }

    private void check(Attribute attribute, Object value, Place place) {
        switch (attribute.type()) {
            case TEXT -> text(attribute, (String) value, place);
            case INTEGER -> number(attribute, (Integer) value, place, null);
            case DECIMAL -> decimal(attribute, (BigDecimal) value, place);
            case OBJECT -> check(attribute.ofObjects(), value, place.in(attribute.name()));
            case TEXTS, INTEGERS, OBJECTS -> list(attribute, (List<?>) value, place);
            case OPEN -> {}
        }
    }

    private void list(Attribute attribute, List<?> values, Place place) {
        if (values.isEmpty() && attribute.asked().required()) {
            faults.add(place.in(attribute.name()), "required, empty");
        }
        for (int i = 0; i < values.size(); i++) {
            switch (values.get(i)) {
                case String text -> {}
                case Integer number -> number(attribute, number, place, i);
                case Object object -> check(attribute.ofObjects(), object, place.in(attribute.name(), i));
            }
        }
    }

    private void text(Attribute attribute, String value, Place place) {
        Asked asked = attribute.asked();
        if (asked.required() && value.isEmpty()) {
            faults.add(place.in(attribute.name()), "required, empty");
        }
        if (value.length() > asked.longest()) {
            faults.add(
                    place.in(attribute.name()),
                    "has " + value.length() + " characters; allowed are " + asked.longest());
        }
    }

    private void number(Attribute attribute, int value, Place place, @Nullable Integer index) {
        Asked asked = attribute.asked();
        if (value < asked.least() || value > asked.most()) {
            faults.add(placeOf(attribute, place, index), outOfRange(value, asked));
        } else if (strictness == Strictness.STRICT) {
            Listing listing = asked.listing();
            if (listing != null && !listing.knows(value)) {
                faults.add(placeOf(attribute, place, index), "is " + value + ", which its list does not have");
            }
        }
    }

    private void decimal(Attribute attribute, BigDecimal value, Place place) {
        Asked asked = attribute.asked();
        boolean below = asked.least() == 0 ? value.signum() < 0 : value.doubleValue() < asked.least();
        if (below || value.doubleValue() > asked.most()) {
            faults.add(place.in(attribute.name()), outOfRange(value, asked));
        }
    }

    private static String outOfRange(Number value, Asked asked) {
        return asked.least() == 0 && asked.most() == Long.MAX_VALUE
                ? "negative: " + value
                : "is " + value + "; allowed is " + asked.least() + " to "
                        + (asked.most() == Long.MAX_VALUE ? "any" : asked.most());
    }

    private static Place placeOf(Attribute attribute, Place place, @Nullable Integer index) {
        return index == null ? place.in(attribute.name()) : place.in(attribute.name(), index);
    }
}
