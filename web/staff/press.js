// What comes in live must not take away what is just being pressed: when the pressed element is made
// anew between down and up, no click comes of it.
let isDown = false;
/** @type {(() => void)[]} */
const waiting = [];

const release = () => {
  isDown = false;
  for (const run of waiting.splice(0)) run();
};
addEventListener("pointerdown", () => (isDown = true), true);
// The click comes after the release, in the same task.
for (const end of ["pointerup", "pointercancel", "blur"])
  addEventListener(end, () => setTimeout(release), true);

/** Runs it now, or when what is pressed just now is released. @param {() => void} run */
export function whenReleased(run) {
  if (isDown) waiting.push(run);
  else run();
}
