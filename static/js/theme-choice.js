// The theme menu: shows the choice at once; htmx (or the form itself) saves it.
class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.name === "theme") document.documentElement.dataset.theme = event.target.value;
    });
  }
}
customElements.define("theme-choice", ThemeChoice);
