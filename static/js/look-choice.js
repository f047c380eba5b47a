// The menu of how pages look: shows each choice at once; htmx (or the form itself) saves it.
class LookChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      document.documentElement.setAttribute(`data-${target.name.replaceAll("_", "-")}`, target.value);
    });
  }
}
customElements.define("look-choice", LookChoice);
