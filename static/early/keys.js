// Keys pressed on a page that is seen but whose modules are still on their way. This runs before anything is shown;
// js/keys/waiting.js takes what was pressed. Only what a browser does nothing with by itself is kept.
(() => {
  const FIELDS = "input, textarea, select, [contenteditable]";
  let pressed = [];
  const keep = (event) => {
    if (event.target.closest?.(FIELDS)) return;
    // Who went on by the browser's own keys meant what stood there, and not what comes later.
    if (["Enter", " ", "Escape"].includes(event.key)) pressed = [];
    else if (event.key?.length === 1 && !event.repeat) pressed.push(event);
  };
  addEventListener("keydown", keep, { capture: true });
  window.keysPressedEarly = () => {
    removeEventListener("keydown", keep, { capture: true });
    return pressed;
  };
})();
