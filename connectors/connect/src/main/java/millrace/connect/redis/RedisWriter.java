package millrace.connect.redis;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes changes in Redis, a batch in one round trip. A batch that failed half-way is made again from its start.
 *
 * <p>Scores in Redis are doubles: of milliseconds they are exact.
 */
final class RedisWriter implements AutoCloseable {
    /** An older balance does not take the place of a newer one; numbers are compared as texts of digits, since Lua's are doubles. */
    private static final String NEWER = """
            local had = redis.call('HGET', KEYS[1], 'number') or ''
            if #ARGV[1] < #had or (#ARGV[1] == #had and ARGV[1] < had) then return 0 end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'number', ARGV[1], unpack(ARGV, 3))
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """;

    /** An ad that was shown is held no more, also when its reservation is read after its impression. */
    private static final String STILL_HELD = """
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
            if redis.call('ZSCORE', KEYS[2], ARGV[3]) then return 0 end
            redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1
            """;

    private final RedisClient redis;
    private final long keepMillis;
    private final InstantSource clock;

    RedisWriter(URI url, Duration keep, InstantSource clock) {
        this.redis = RedisClient.create(url);
        this.keepMillis = keep.toMillis();
        this.clock = clock;
    }

    /** @throws RetriableException while Redis is away */
    void make(List<Change> changes) {
        try (Pipeline pipeline = redis.pipelined()) {
            List<Response<?>> answers = new ArrayList<>();
            changes.forEach(change -> answers.addAll(make(change, pipeline)));
            pipeline.sync();
            // An error of one command is thrown by its answer only.
            answers.forEach(Response::get);
        } catch (JedisConnectionException e) {
            throw new RetriableException("Redis cannot be reached: " + e.getMessage(), e);
        } catch (JedisException e) {
            throw new ConnectException("Redis refuses: " + e.getMessage(), e);
        }
    }

    private List<Response<?>> make(Change change, Pipeline to) {
        return switch (change) {
            case Change.Balance balance -> List.of(to.eval(NEWER, List.of(balance.key()), arguments(balance)));
            case Change.Terms(var key, var fields) -> List.of(to.hset(key, fields));
            case Change.Ended(var key) -> List.of(to.del(key));
            case Change.Held(var key, var shownKey, var ad, var expiresAt) -> held(key, shownKey, ad, expiresAt, to);
            case Change.Shown(var key, var heldKey, var ad, var servedAt) -> shown(key, heldKey, ad, servedAt, to);
        };
    }

    private List<String> arguments(Change.Balance balance) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(balance.number()));
        arguments.add(Long.toString(keepMillis));
        balance.fields().forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        return arguments;
    }

    /** One that is over is not written: a replay of old records leaves nothing behind. */
    private List<Response<?>> held(String key, String shownKey, String ad, long expiresAt, Pipeline to) {
        long now = clock.millis();
        if (expiresAt <= now) {
            return List.of();
        }
        List<String> arguments = List.of(Long.toString(now), Long.toString(expiresAt), ad, Long.toString(keepMillis));
        return List.of(to.eval(STILL_HELD, List.of(key, shownKey), arguments));
    }

    private List<Response<?>> shown(String key, String heldKey, String ad, long servedAt, Pipeline to) {
        long oldest = clock.millis() - keepMillis;
        List<Response<?>> answers = new ArrayList<>();
        answers.add(to.zrem(heldKey, ad));
        answers.add(to.zremrangeByScore(key, Double.NEGATIVE_INFINITY, (double) oldest));
        if (servedAt > oldest) {
            answers.add(to.zadd(key, (double) servedAt, ad));
            answers.add(to.pexpire(key, keepMillis));
        }
        return answers;
    }

    @Override
    public void close() {
        redis.close();
    }
}
