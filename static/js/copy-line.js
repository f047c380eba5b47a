// A line that can be copied whole; without a script, or without leave to write the clipboard, it is selected by hand.
const SAID_MS = 3000;

class CopyLine extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = "Copy";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "meta";
    button.addEventListener("click", () => this.copy(said));
    const row = document.createElement("p");
    row.className = "row copies";
    row.append(button, said);
    this.append(row);
  }

  async copy(said) {
    const line = this.querySelector("p").textContent.replace(/\s+/g, " ").trim();
    try {
      await navigator.clipboard.writeText(line);
      said.textContent = "Copied";
    } catch {
      said.textContent = "The browser does not allow copying; select the line instead.";
    }
    setTimeout(() => { said.textContent = ""; }, SAID_MS);
  }
}
customElements.define("copy-line", CopyLine);
