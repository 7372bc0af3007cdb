import { access } from './access.svelte.js';
import { headers, problemOf, Problem } from './api.js';

const KEPT = 300;
const LONGEST_PAUSE_MS = 15_000;

/** The pipeline as the service streams it, and the last five minutes of it. */
export const pipeline = $state({ now: null, isLive: false, problem: null, history: [] });

let watchers = 0;
let stream = null;

/** Watches until the returned function is called. One stream serves all who watch. */
export function watchPipeline() {
  watchers += 1;
  open();
  return () => {
    watchers -= 1;
    if (watchers === 0) {
      close();
    }
  };
}

document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));

/** Begins anew, with a key that has changed. */
export function rewatch() {
  close();
  open();
}

function open() {
  if (watchers > 0 && !stream && !document.hidden) {
    stream = new AbortController();
    follow(stream.signal);
  }
}

function close() {
  stream?.abort();
  stream = null;
  pipeline.isLive = false;
}

/** EventSource cannot send a key, so the events are read from the answer's body. */
async function follow(signal) {
  let pause = 1_000;
  while (!signal.aborted) {
    try {
      const response = await fetch('/api/v1/pipeline/stream', {
        headers: headers({ Accept: 'text/event-stream, application/problem+json' }),
        signal,
      });
      if (!response.ok) {
        throw await problemOf(response);
      }
      for await (const view of events(response.body)) {
        pause = 1_000;
        saw(view);
      }
      throw new Problem(0);
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      pipeline.isLive = false;
      pipeline.problem = failure instanceof Problem ? failure : new Problem(0);
      if (access.isAsked || failure.status === 403) {
        return;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

function saw(view) {
  pipeline.now = view;
  pipeline.isLive = true;
  pipeline.problem = null;
  const lanes = Object.fromEntries(view.lanes.map((lane) => [lane.tier, lane]));
  pipeline.history.push({
    at: Date.parse(view.at) / 1_000,
    log: view.log.rate_per_second ?? null,
    episodic: lanes.episodic?.rate_per_second ?? null,
    semantic: lanes.semantic?.rate_per_second ?? null,
    procedural: lanes.procedural?.rate_per_second ?? null,
  });
  if (pipeline.history.length > KEPT) {
    pipeline.history.shift();
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value.replaceAll('\r\n', '\n');
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5))
        .join('\n');
      if (data) {
        yield JSON.parse(data);
      }
    }
  }
}
