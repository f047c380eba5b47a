// Files dropped on the page or chosen are sent one by one, each with its own progress; then the list of jobs is asked
// again. Without a script the form inside sends them all at once.
const AT_ONCE = 2;

class DropArea extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector('input[type="file"]');
    this.list = this.querySelector(".sending");
    this.waiting = [];
    this.running = 0;
    this.input.addEventListener("change", () => { this.take(this.input.files); this.input.value = ""; });
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) this.addEventListener(name, this);
  }

  handleEvent(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.form.classList.toggle("over", event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") this.take(event.dataTransfer.files);
  }

  take(files) {
    for (const file of files) this.waiting.push([file, this.announce(file)]);
    this.next();
  }

  announce(file) {
    const item = document.createElement("li");
    item.className = "job";
    const name = document.createElement("span");
    name.className = "file";
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const state = document.createElement("span");
    state.className = "state";
    state.textContent = "waiting";
    item.append(name, bar, state);
    this.list.append(item);
    return { item, bar, state };
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) {
      const [file, shown] = this.waiting.shift();
      this.running += 1;
      this.send(file, shown).then((problem) => {
        this.running -= 1;
        this.finish(shown, problem);
        this.next();
      });
    }
  }

  // Resolves to a sentence that says what went wrong, or to nothing.
  send(file, shown) {
    const data = new FormData(this.form);
    data.delete(this.input.name);
    data.append(this.input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = Math.round((100 * event.loaded) / event.total);
      shown.state.textContent = "sending";
    });
    return new Promise((resolve) => {
      request.addEventListener("load", () => resolve(problemOf(request)));
      request.addEventListener("error", () => resolve("The connection was lost; drop the file again."));
      request.send(data);
    });
  }

  finish(shown, problem) {
    if (problem) {
      shown.state.textContent = problem;
      shown.state.classList.add("alert", "long");
      shown.bar.remove();
      return;
    }
    shown.item.remove();
    globalThis.htmx?.ajax("GET", this.form.action, { target: this.dataset.jobs, swap: "outerHTML" });
  }
}

function problemOf(request) {
  if (request.status === 200) return "";
  // Signing in makes a new token, and the form on this page has the old one.
  if (request.status === 401) return "You were signed out. Reload the page, sign in, and drop the file again.";
  if (request.status === 403) return "It was refused. Reload the page and drop the file again.";
  if (request.status === 422) return "It was left out: it is larger than the limit.";
  return "The site did not take it; try again in a moment.";
}

customElements.define("drop-area", DropArea);
