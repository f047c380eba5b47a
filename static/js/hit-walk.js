// From hit to hit of ?q= without asking the site again; each step is an entry of the history, as it is without script.
class HitWalk extends HTMLElement {
  connectedCallback() {
    this.total = Number(this.dataset.total);
    this.at = Number(this.dataset.at);
    this.addEventListener("click", this);
    addEventListener("popstate", this);
    this.fromAddress();
  }

  disconnectedCallback() {
    removeEventListener("popstate", this);
  }

  handleEvent(event) {
    if (event.type === "popstate") {
      this.fromAddress();
      return;
    }
    const link = event.target.closest("#hit-next, #hit-previous");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(Number(new URL(link.href).searchParams.get("hit")));
  }

  fromAddress() {
    const asked = /^#h(\d{1,6})$/.exec(location.hash)?.[1] ?? new URL(location).searchParams.get("hit");
    const hit = Number(asked);
    if (hit >= 1 && hit <= this.total) this.show(hit);
  }

  go(hit) {
    history.pushState(null, "", this.address(hit));
    this.show(hit);
    const mark = document.getElementById(`h${hit}`);
    mark.scrollIntoView({ block: "center" });
    mark.tabIndex = -1;
    mark.addEventListener("blur", () => mark.removeAttribute("tabindex"), { once: true });
    mark.focus({ preventScroll: true });
  }

  show(hit) {
    this.at = hit;
    for (const mark of document.querySelectorAll("mark.hit")) mark.classList.toggle("now", mark.dataset.hit === String(hit));
    this.querySelector("[data-count]").textContent = `${hit} of ${this.total}`;
    this.querySelector("#hit-previous").href = this.address(hit - 1 || this.total);
    this.querySelector("#hit-next").href = this.address((hit % this.total) + 1);
  }

  address(hit) {
    const address = new URL(location);
    address.searchParams.set("hit", hit);
    address.hash = `h${hit}`;
    return address;
  }
}
customElements.define("hit-walk", HitWalk);
