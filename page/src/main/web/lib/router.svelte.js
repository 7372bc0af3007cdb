/** Where the reader is: the path behind the hash, and its query. */
function read() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...rest] = path.split('/').map(decodeURIComponent);
  return { view: view || 'pipeline', rest: rest.filter(Boolean), query: Object.fromEntries(new URLSearchParams(query)) };
}

export const route = $state(read());

window.addEventListener('hashchange', () => Object.assign(route, read()));

export function href(view, rest = [], query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const path = [view, ...rest.map(encodeURIComponent)].join('/');
  return `#/${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}

export function go(...where) {
  location.hash = href(...where);
}
