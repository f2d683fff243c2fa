package millrace.laws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Life} between the topology's own processors and Kafka Streams: it gives them their stores, tells them their partition
 * and where a record stood, and takes what they forward to a sink. Everything else is as in production.
 */
public final class Wrapping implements ProcessorWrapper {
    public static final String LIFE = "laws.life";

    private Life life;

    @SuppressWarnings("NullAway.Init") // Kafka calls configure before anything else.
    public Wrapping() {}

    @Override
    public void configure(Map<String, ?> configs) {
        life = (Life) Objects.requireNonNull(configs.get(LIFE));
    }

    @Override
    public <A, B, C, D> WrappedProcessorSupplier<A, B, C, D> wrapProcessorSupplier(
            String name, ProcessorSupplier<A, B, C, D> supplier) {
        if (name.endsWith("-catalog")) {
            return ProcessorWrapper.asWrapped(supplier);
        }
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<A, B, C, D> get() {
                return new Wrapped<>(supplier.get(), life);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                Set<StoreBuilder<?>> wanted = supplier.stores();
                return wanted == null
                        ? Set.of()
                        : wanted.stream().map(life::storeFor).collect(Collectors.toSet());
            }
        };
    }

    @Override
    public <A, B, D> WrappedFixedKeyProcessorSupplier<A, B, D> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<A, B, D> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private record Wrapped<A, B, C, D>(Processor<A, B, C, D> inner, Life life) implements Processor<A, B, C, D> {
        @Override
        @SuppressWarnings("unchecked") // A proxy of the interface itself.
        public void init(ProcessorContext<C, D> context) {
            inner.init((ProcessorContext<C, D>) Proxy.newProxyInstance(
                    Wrapping.class.getClassLoader(),
                    new Class<?>[] {ProcessorContext.class},
                    (proxy, method, arguments) -> called(context, method, arguments)));
        }

        private @Nullable Object called(ProcessorContext<C, D> context, Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals("forward") && arguments != null && arguments.length == 2) {
                String child = arguments[1].toString();
                if (child.contains("to-") && life.takes(child, (Record<?, ?>) arguments[0])) {
                    return null;
                }
            }
            return switch (method.getName()) {
                case "taskId" -> new TaskId(0, life.partition());
                case "recordMetadata" ->
                    life.reading().isPresent() ? life.reading() : passedOn(context, method, arguments);
                default -> passedOn(context, method, arguments);
            };
        }

        private static @Nullable Object passedOn(Object context, Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(context, arguments);
            } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        }

        @Override
        public void process(Record<A, B> record) {
            inner.process(record);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
