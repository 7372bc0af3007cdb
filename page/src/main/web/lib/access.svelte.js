/** The key that the service asks for, where it has any. It lives as long as the tab. */
const STORED = 'reflector.key';

export const access = $state({ key: sessionStorage.getItem(STORED) ?? '', isAsked: false, wasRefused: false });

export function giveKey(key) {
  access.key = key.trim();
  access.isAsked = false;
  access.wasRefused = false;
  if (access.key) {
    sessionStorage.setItem(STORED, access.key);
  } else {
    sessionStorage.removeItem(STORED);
  }
}

/** The service wants a key, or another one. */
export function askForKey() {
  access.wasRefused = access.key !== '';
  access.isAsked = true;
}
