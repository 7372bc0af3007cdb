// Remembers, recalls and forgets: node memory.js ada "I moved to Lisbon last week." "Where do I live?"
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const url = process.env.MEMORY_URL ?? 'http://127.0.0.1:8080/mcp';
const key = process.env.REFLECTOR_API_KEY;

const [user, text, question] = process.argv.slice(2);
if (!user || !text || !question) {
  console.error('usage: node memory.js USER TEXT QUESTION');
  process.exit(2);
}

const client = new Client({ name: 'memory-over-mcp', version: '1.0.0' });
await client.connect(
  new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: key ? { Authorization: `Bearer ${key}` } : {} },
  }),
);

// A failure is an answer in words, for the assistant to read.
async function call(name, args) {
  const result = await client.callTool({ name, arguments: args });
  console.log(`${name}${result.isError ? ' failed' : ''}: ${result.content[0].text}`);
  return result.structuredContent;
}

const { tools } = await client.listTools();
console.log(`tools: ${tools.map((tool) => tool.name).sort().join(' ')}`);

await call('remember', { user_id: user, user_message: text, session_id: 's1' });
await call('recall', { user_id: user, query: question });

const until = Date.now() + 60_000;
let status;
do {
  await new Promise((resolve) => setTimeout(resolve, 500));
  status = await call('reflection_status', { user_id: user });
} while (status && (status.pending > 0 || status.received === 0) && Date.now() < until);
const learnt = await call('recall', { user_id: user, query: question, tiers: ['semantic'] });

await call('recall', { user_id: user, query: question, limit: 1000 });
if (learnt?.items.length > 0) {
  await call('forget', { user_id: user, memory_id: learnt.items[0].memory_id });
}
await client.close();
