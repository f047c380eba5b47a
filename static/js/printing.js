// The button that prints the page one looks at; without a script the browser's own menu does.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-prints]")) print();
});
