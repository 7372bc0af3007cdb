import { access, askForKey } from './access.svelte.js';

const TIMEOUT_MS = 30_000;

/** What the service answered instead of what was asked for, by RFC 9457; or that it did not answer. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail ?? body?.title ?? (status ? `The service answered ${status}.` : 'The service does not answer.'));
    this.status = status;
    this.errors = body?.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** What the reader can do about it. */
  get advice() {
    switch (this.status) {
      case 0:
        return 'Is it running? "make run" starts it; this page goes on by itself.';
      case 401:
        return 'Give a key of this service.';
      case 403:
        return 'This needs a key with another role: "admin" of all namespaces for the pipeline, "admin" for dead letters, "read" for memories.';
      case 429:
        return `Too many requests. Try again in ${this.retryAfter ?? 'a few'} seconds.`;
      case 503:
        return `A server behind the service is away. Try again in ${this.retryAfter ?? 'a few'} seconds.`;
      default:
        return '';
    }
  }
}

export function headers(more = {}) {
  return access.key ? { Authorization: `Bearer ${access.key}`, ...more } : more;
}

/** Throws the problem that an answer is. */
export async function problemOf(response) {
  if (response.status === 401) {
    askForKey();
  }
  const body = await response.json().catch(() => null);
  return new Problem(response.status, body, response.headers.get('Retry-After'));
}

async function call(method, path, { query = {}, body, signal } = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const address = given.length ? `${path}?${new URLSearchParams(given)}` : path;
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let response;
  try {
    response = await fetch(address, {
      method,
      headers: headers({
        Accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      }),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Problem(0);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.status === 204 ? null : response.json();
}

const id = encodeURIComponent;

export const api = {
  remember: (interaction) => call('POST', '/api/v1/interactions', { body: interaction }),
  interaction: (interactionId, signal) => call('GET', `/api/v1/interactions/${id(interactionId)}`, { signal }),
  userStatus: (user, namespace) => call('GET', `/api/v1/users/${id(user)}/status`, { query: { namespace } }),
  memories: (user, query) => call('GET', `/api/v1/users/${id(user)}/memories`, { query }),
  memory: (memoryId) => call('GET', `/api/v1/memories/${id(memoryId)}`),
  graph: (user, query) => call('GET', `/api/v1/users/${id(user)}/graph`, { query }),
  recall: (user, query) => call('GET', `/api/v1/users/${id(user)}/recall`, { query: { explain: true, ...query } }),
  session: (namespace, session) => call('GET', `/api/memory/${id(namespace || 'default')}/session/${id(session)}`),
  retries: (query) => call('GET', '/api/v1/retries', { query }),
  retryNow: (request) => call('POST', '/api/v1/retries:now', { body: request }),
  deadLetters: (query) => call('GET', '/api/v1/dead-letters', { query }),
  deadLetter: (letter) => call('GET', `/api/v1/dead-letters/${id(letter)}`),
  actOnLetter: (letter, action) => call('POST', `/api/v1/dead-letters/${id(letter)}:${action}`, { body: {} }),
  actOnLetters: (action, request) => call('POST', `/api/v1/dead-letters:${action}`, { body: request }),
  job: (jobId) => call('GET', `/api/v1/replay-jobs/${id(jobId)}`),
};
