// The topics as a foreign Kafka client sees them: kafkajs, with the registry client that belongs to it.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const PATIENCE_MILLIS = 30_000;

export class Topics {
  #prefix;
  #kafka;
  #registry;
  #opened = [];

  /** @param prefix of every topic's name */
  constructor({ brokers, registry, prefix = '' }) {
    this.#prefix = prefix;
    this.#kafka = new Kafka({ clientId: 'outside', brokers: [brokers], logLevel: logLevel.ERROR });
    this.#registry = new SchemaRegistry({ host: registry });
  }

  /** Writes values to a topic, with the schema that the registry has for it. */
  async write(topic, key, value, headers = {}) {
    const name = this.#prefix + topic;
    const id = await this.#registry.getLatestSchemaId(`${name}-value`);
    if (!this.producer) {
      this.producer = this.#kafka.producer();
      await this.producer.connect();
      this.#opened.push(this.producer);
    }
    await this.producer.send({ topic: name, messages: [{ key, value: await this.#registry.encode(id, value), headers }] });
  }

  /** All committed records of topics, from the first on, as they come: values by topic. */
  async follow(...topics) {
    const consumer = this.#kafka.consumer({ groupId: `outside-${randomUUID()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    this.#opened.push(consumer);
    await consumer.subscribe({ topics: topics.map((topic) => this.#prefix + topic), fromBeginning: true });
    const seen = Object.fromEntries(topics.map((topic) => [topic, []]));
    await consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        const value = message.value && (await this.#registry.decode(message.value));
        seen[topic.slice(this.#prefix.length)].push({ key: String(message.key), value, partition, headers: message.headers });
      },
    });
    return seen;
  }

  async close() {
    await Promise.all(this.#opened.map((client) => client.disconnect()));
  }
}

/** Waits until something is so, and returns it. */
export async function until(what, look) {
  const end = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not seen within ${PATIENCE_MILLIS / 1000} s: ${what}`);
    await new Promise((then) => setTimeout(then, 50));
  }
}
