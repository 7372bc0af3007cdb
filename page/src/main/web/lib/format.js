const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** What is not known is a dash, never a zero. */
export const UNKNOWN = '–';

export function number(value) {
  if (value === undefined || value === null) {
    return UNKNOWN;
  }
  return Math.abs(value) < 100_000 ? count.format(value) : compact.format(value);
}

export function rate(value) {
  if (value === undefined || value === null) {
    return UNKNOWN;
  }
  return value >= 100 ? number(value) : value.toFixed(value > 0 && value < 10 ? 1 : 0);
}

export function duration(ms) {
  if (ms === undefined || ms === null) {
    return UNKNOWN;
  }
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  }
  if (ms < 3_600_000) {
    return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  }
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}

export const time = (text) => (text ? clock.format(new Date(text)) : UNKNOWN);
export const date = (text) => (text ? day.format(new Date(text)) : UNKNOWN);
export const dateTime = (text) => (text ? `${date(text)}, ${time(text)}` : UNKNOWN);

export function ago(text, now = Date.now()) {
  const past = now - Date.parse(text);
  return past < 1_500 ? 'just now' : past < 0 ? `in ${duration(-past)}` : `${duration(past)} ago`;
}

/** Until a time: what is due already says so. */
export function until(text, now = Date.now()) {
  const left = Date.parse(text) - now;
  return left <= 0 ? 'due now' : `in ${duration(left)}`;
}

export const plural = (n, one, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
