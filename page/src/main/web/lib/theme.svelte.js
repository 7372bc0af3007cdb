const STORED = 'reflector.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark: as the machine says, until the reader says otherwise. */
export const theme = $state({ chosen: localStorage.getItem(STORED), isDark: false });

function apply() {
  theme.isDark = theme.chosen ? theme.chosen === 'dark' : dark.matches;
  document.documentElement.dataset.theme = theme.isDark ? 'dark' : 'light';
}

dark.addEventListener('change', apply);
apply();

export function toggleTheme() {
  theme.chosen = theme.isDark ? 'light' : 'dark';
  localStorage.setItem(STORED, theme.chosen);
  apply();
}

/** A colour of app.css, for what draws on a canvas. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
