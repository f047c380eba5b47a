// The queue of uncertain names by keys: each presses what the page has for it. The site answers a decision with the queue
// anew, the next suggestion open; without a script the same buttons lead from page to page.
import { isShown, offer } from "../keys/acts.js";

const BESIDE = matchMedia("(min-width: 1100px)");

const buttonFor = (act) => [...document.querySelectorAll(`#queue [data-review="${act}"]`)].find(isShown);

// A key held down would go on to decide on what nobody has looked at.
function offerButton(name, act) {
  offer(name, { when: () => Boolean(buttonFor(act)), run: (event) => { if (!event.repeat) buttonFor(act).click(); } });
}

// Opens what asks back, and moves to its first control; where it is open and one is in it, presses where one is.
function ask(act) {
  const fold = buttonFor(act).closest("details");
  const inside = fold.open && fold.contains(document.activeElement) && document.activeElement.matches("button");
  if (inside) document.activeElement.click();
  else {
    fold.open = true;
    fold.querySelector("form :is(button, input:not([type='hidden']), select)").focus();
  }
}

class MentionQueue extends HTMLElement {
  connectedCallback() {
    offerButton("suggestion-accept", "accept");
    offerButton("suggestion-accept-all", "accept-all");
    offerButton("suggestion-skip", "skip");
    offer("suggestion-reject", { when: () => Boolean(buttonFor("reject")), run: () => ask("reject") });
    offer("suggestion-edit", { when: () => Boolean(buttonFor("edit")), run: () => ask("edit") });
    offer("suggestion-new", { when: () => Boolean(buttonFor("new")), run: () => ask("new") });
    offerButton("undo", "undo");
    // The queue before this one stands beside it until htmx has done, and has the focus.
    queueMicrotask(() => this.begin());
  }

  begin() {
    // Before any key is heard again, and not by `autofocus`, which htmx obeys when somebody may have gone on already.
    if (document.activeElement === document.body) buttonFor("accept")?.focus({ preventScroll: true });
    // The passage scrolls by itself only where it stands beside the list; below it the page would jump.
    if (BESIDE.matches) this.querySelector("#suggested")?.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("mention-queue", MentionQueue);
