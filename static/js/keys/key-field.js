// A field of the settings that takes a key by pressing it: the last one typed stands there, arrows too.
const ARROWS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

class KeyField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("beforeinput", (event) => this.typed(event));
  }

  pressed(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    this.take(event.shiftKey ? `Shift+${arrow}` : arrow);
  }

  // One letter takes the place of what stood there; what is pasted, deleted or composed goes its usual way.
  typed(event) {
    if (event.inputType !== "insertText" || event.isComposing || [...(event.data ?? "")].length !== 1 || event.data === " ") return;
    event.preventDefault();
    this.take(event.data);
  }

  take(value) {
    this.input.value = value;
    this.input.select();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
customElements.define("key-field", KeyField);
