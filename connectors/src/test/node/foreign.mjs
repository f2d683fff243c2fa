// Kafka and the registry without a line of ours: kafkajs asks for an ad and reads the answer.
//
//   node foreign.mjs NAME BROKERS REGISTRY_URL [TOPICS_PREFIX]
import assert from 'node:assert/strict';
import { Topics, until } from './topics.mjs';

const [, , name, brokers, registry, prefix = ''] = process.argv;
const topics = new Topics({ brokers, registry, prefix });
const user = `reader-${process.pid}`;
const id = `outside-${process.pid}-${Date.now()}`;
try {
  const seen = await topics.follow('ad-responses', 'ad-replies', 'served-ads', 'dead-letters');
  const request = { id, placement: 'outside', user: { id: user }, deadlineMillis: 10_000 };
  await topics.write('ad-requests', user, request);

  const answer = (await until('the answer', () => seen['ad-responses'].find(({ value }) => value.requestId === id))).value;
  const [slot] = answer.slots;
  assert.equal(slot.outcome, 'FILLED', JSON.stringify(answer));
  assert.equal(slot.ads[0].campaign, 'outside');
  assert.equal(Number(slot.ads[0].costNanos), 12_340_000);
  assert.match(slot.ads[0].token, /^[A-Za-z0-9_-]{48}$/);
  assert.match(slot.ads[0].media[0].url, /\.mp4$/);
  const served = await until('the served ad', () => seen['served-ads'].find(({ value }) => value.requestId === id));
  assert.equal(served.value.userKey, user);

  // One that names where its answer shall go has it there.
  const correlation = Buffer.from(id);
  const partition = Buffer.alloc(4);
  partition.writeInt32BE(1);
  await topics.write('ad-requests', user, { ...request, id: `${id}-reply` }, {
    kafka_correlationId: correlation,
    kafka_replyTopic: `${prefix}ad-replies`,
    kafka_replyPartition: partition,
  });
  const reply = await until('the reply', () => seen['ad-replies'].find(({ headers }) => correlation.equals(headers.kafka_correlationId)));
  assert.equal(reply.value.requestId, `${id}-reply`);
  assert.equal(reply.partition, 1);

  // What is not Avro of a known schema harms nobody.
  await topics.producer.send({ topic: `${prefix}ad-requests`, messages: [{ key: user, value: 'not Avro' }] });
  await until('the dead letter', () => seen['dead-letters'].find(({ value }) => value.reason === 'malformed'));
  console.log(`kafkajs: a request and its answer through ${name}, with its schemas read from there`);
} finally {
  await topics.close();
}
