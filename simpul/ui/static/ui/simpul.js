/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  // A second press of a slow button must not send twice; after ten seconds it may be tried again.
  const sent = (form) => {
    const buttons = form.querySelectorAll("button:not([type=button], [disabled])");
    form.dataset.sent = "1";
    // The pressed button's own name and value are read right after this event, so it is switched off a moment later.
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; button.dataset.off = "1"; }), 0);
    setTimeout(() => again(form), 10000);
  };
  const again = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[data-off]").forEach((button) => { button.disabled = false; });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post" && !event.defaultPrevented) sent(form);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(again));

  // An open menu closes when one presses elsewhere or Escape.
  const close = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { close(); menu.querySelector("summary").focus(); }
  });

  // The list of what must be mended is read first.
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
