// Sends one message of a user: node send.js ada "I moved to Lisbon last week."
const { AvroSerializer, SchemaRegistryClient, SerdeType } = require('@confluentinc/schemaregistry');
const { Kafka, Partitioners } = require('kafkajs');

const brokers = (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092').split(',');
const registry = process.env.SCHEMA_REGISTRY_URL ?? 'http://127.0.0.1:8081/apis/ccompat/v7';
const topic = process.env.MEMORY_TOPIC ?? 'memory.interactions';

async function main(user, text) {
  // The schema is the registry's: nothing is registered by a producer.
  const serializer = new AvroSerializer(new SchemaRegistryClient({ baseURLs: [registry] }), SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
  });
  // What is left out gets its default: namespace, ids, times, session, priority.
  const value = await serializer.serialize(topic, {
    user_id: user,
    messages: [{ role: 'USER', content: text }],
  });

  const kafka = new Kafka({ clientId: 'send-interaction', brokers });
  // This one chooses partitions as Java's producer does, so that all records of a user share one.
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true });
  await producer.connect();
  try {
    const [sent] = await producer.send({ topic, acks: -1, messages: [{ key: `default/${user}`, value }] });
    console.log(`sent to partition ${sent.partition} at offset ${sent.baseOffset}`);
  } finally {
    await producer.disconnect();
  }
}

const [user, text] = process.argv.slice(2);
if (!user || !text) {
  console.error('usage: node send.js USER TEXT');
  process.exit(2);
}
main(user, text).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
