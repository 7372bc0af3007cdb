/** A clock that ticks every second, for countdowns. */
export const clock = $state({ now: Date.now() });

setInterval(() => {
  if (!document.hidden) {
    clock.now = Date.now();
  }
}, 1_000);
