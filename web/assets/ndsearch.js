/* What the pages do more with JavaScript: n and N between hits, copying, deciding by keyboard, a drawing opened at
   its centre. Every one of these also has a link, a field to select, a table or a button that works without it. */
"use strict";
(() => {
  const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

  const marks = [...document.querySelectorAll("mark[id^=hit-]")];
  const counter = document.querySelector("[data-hit-counter]");
  let at = Math.max(0, marks.findIndex((mark) => "#" + mark.id === location.hash));
  const go = (step) => {
    at = (at + step + marks.length) % marks.length;
    location.replace("#" + marks[at].id);
    if (counter) counter.textContent = String(at + 1);
  };

  const keys = {};
  if (marks.length > 0) {
    keys.n = () => go(1);
    keys.N = () => go(-1);
    if (counter) counter.textContent = String(at + 1);
  }
  for (const button of document.querySelectorAll("[data-key]"))
    for (const key of [button.dataset.key, button.dataset.key.toUpperCase()])
      keys[key] = () => button.click();
  const confirm = document.querySelector("[data-enter]");
  if (confirm) keys.Enter = () => confirm.click();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  const centre = document.getElementById("centre"), drawing = centre && centre.closest(".drawing");
  if (drawing) {
    const part = centre.getBoundingClientRect(), whole = drawing.getBoundingClientRect();
    drawing.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2;
    drawing.scrollTop += part.top + part.height / 2 - whole.top - whole.height / 2;
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 1500);
    });
  }
})();
