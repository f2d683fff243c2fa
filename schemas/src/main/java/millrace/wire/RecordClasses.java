package millrace.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The generated classes that Avro may make instances of. Avro refuses every class that nobody vouched for, since a schema can name any;
 * we vouch for the generated classes in the packages of the records that are read and written here, and for no other class in them.
 * What the process trusted before stays trusted.
 */
public final class RecordClasses {

    private static final Set<String> PACKAGES = ConcurrentHashMap.newKeySet();

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), RecordClasses::isTrusted));
    }

    private RecordClasses() {}

    /** Vouches for a generated class and its neighbours; for those who make records before anything is read or written. */
    public static void trust(Class<? extends SpecificRecord> type) {
        PACKAGES.add(type.getPackageName());
    }

    /** The model of a generated class, which may be used from now on together with its neighbours. */
    static SpecificData model(Class<? extends SpecificRecord> type) {
        trust(type);
        return SpecificData.getForClass(type);
    }

    private static boolean isTrusted(Class<?> type) {
        return GenericContainer.class.isAssignableFrom(type) && PACKAGES.contains(type.getPackageName());
    }
}
