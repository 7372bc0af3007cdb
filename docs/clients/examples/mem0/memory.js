// Adds, searches, rewords and forgets: node memory.js ada "I live in Lisbon." "Where do I live?" "Ada lives in Faro."
import { MemoryClient } from 'mem0ai';

const host = process.env.MEM0_HOST ?? 'http://127.0.0.1:8080/compat/mem0';
const apiKey = process.env.REFLECTOR_API_KEY ?? 'none';

const [user, text, question, reworded] = process.argv.slice(2);
if (!user || !text || !question || !reworded) {
  console.error('usage: node memory.js USER TEXT QUESTION NEW_TEXT');
  process.exit(2);
}

const client = new MemoryClient({ apiKey, host });
const filters = { user_id: user };
const show = (name, value) => console.log(`${name}: ${JSON.stringify(value)}`);

// Everything follows within seconds; what is asked for before that is as it was.
async function until(done, ask) {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (done(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const added = await client.add([{ role: 'user', content: text }], {
  userId: user,
  runId: 's1',
  agentId: 'guide',
  metadata: { channel: 'web' },
});
show('add', added);

// The client has no method for events.
const event = await until(
  (answer) => answer.status === 'SUCCEEDED',
  async () => (await fetch(`${host}/v1/event/${added.eventId}/`, { headers: { Authorization: `Token ${apiKey}` } })).json(),
);
show('event', event);

const { results } = await client.search(question, { filters, topK: 3 });
show('search', results);
show('getAll', await client.getAll({ filters, page: 1, pageSize: 2 }));

const { id, memory } = results[0];
show('get', await client.get(id));
show('update', await client.update(id, { text: reworded }));
show('updated', await until((answer) => answer.memory !== memory, () => client.get(id)));
show('history', await client.history(id));
show('search again', (await client.search(reworded, { filters, topK: 1 })).results);

// Errors are the client's own, by status, with what the service says.
const failure = async (ask) => {
  try {
    return await ask();
  } catch (error) {
    return { name: error.name, errorCode: error.errorCode, detail: JSON.parse(error.message).detail };
  }
};
show('no such memory', await failure(() => client.get('nothing')));
show('by agent', await failure(() => client.search(question, { filters: { agent_id: 'guide' } })));

show('delete', await client.delete(id));
show('deleted', await until((answer) => answer.errorCode === 'HTTP_404', () => failure(() => client.get(id))));
show('deleteAll', await client.deleteAll({ userId: user }));
show('all deleted', await until((answer) => answer.count === 0, () => client.getAll({ filters })));
