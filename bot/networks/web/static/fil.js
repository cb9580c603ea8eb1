// Makes the pages live. Without this file every form still works.
"use strict";

// --- What is on its way: one message after the other, again until the server has it.

const queue = [];
let sending = false;
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function drain() {
  if (sending) return;
  sending = true;
  while (queue.length) {
    await deliver(queue[0]);
    queue.shift();
  }
  sending = false;
}

async function deliver(item) {
  for (let attempt = 0; ; attempt += 1) {
    let response = null;
    try {
      response = await fetch(item.action, {
        method: "POST",
        body: item.body,
        headers: { Accept: "application/json" },
      });
    } catch {
      // No network, or the server restarts: the key makes a repeated message count once.
    }
    const settled = response && response.status < 500 && response.status !== 429;
    if (settled) {
      await (response.ok ? accepted(item) : rejected(item, response));
      for (const button of item.buttons) button.disabled = false;
      return;
    }
    waiting(item, true);
    const asked = response && Number(response.headers.get("Retry-After"));
    await pause(asked || Math.min(2 ** attempt, 15));
    waiting(item, false);
  }
}

async function accepted(item) {
  if (item.wholePage) {
    item.form.reset();
    item.form.closest("details")?.removeAttribute("open");
  }
  await refresh();
  item.bubble?.remove();
  listen();
}

async function rejected(item, response) {
  item.bubble?.remove();
  const faults = item.form.querySelector("[data-fautes]");
  const field = item.form.querySelector("textarea");
  if (field && !field.value) field.value = item.text;
  if (response.status === 422 && faults) {
    const fault = document.createElement("p");
    fault.className = "faute";
    fault.setAttribute("role", "alert");
    fault.textContent = (await response.json()).faute;
    faults.replaceChildren(fault);
  } else {
    const expired = document.getElementById("expiree");
    (faults || item.form).prepend(expired.content.cloneNode(true));
  }
  field?.focus();
}

function waiting(item, stalled) {
  for (const step of item.bubble?.querySelectorAll("[data-etape]") || []) {
    step.hidden = (step.dataset.etape === "reprise") !== stalled;
  }
}

function bubble(text) {
  const list = document.getElementById("messages");
  const template = document.getElementById("en-route");
  if (!list || !template || !text) return null;
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector(".texte p").textContent = text;
  list.append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-envoi]")) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const field = form.querySelector("textarea");
  const file = form.querySelector("input[type=file]");
  const text = field ? field.value : event.submitter.textContent;
  const shown = text.trim() || file?.files[0]?.name || "";
  // The second tap of a double tap finds an empty field.
  if (!shown && queue.length) return;
  form.querySelector("[data-fautes]")?.replaceChildren();
  form.querySelector("input[name=cle]").value = newKey();
  const wholePage = form.hasAttribute("data-page");
  if (!wholePage && field) {
    field.value = "";
    if (file) {
      file.value = "";
      nameFile(file);
    }
  }
  const buttons = wholePage || !field ? form.querySelectorAll("button") : [];
  for (const button of buttons) button.disabled = true;
  queue.push({
    form, body, text, buttons, wholePage, action: form.action, bubble: wholePage ? null : bubble(shown),
  });
  drain();
});

addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});

// Enter makes a new line; Ctrl or Cmd with it sends.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.target.form.requestSubmit();
  }
});

// --- What is new: the page is fetched again, and its live parts replaced.

let again = false;
let fetching = null;

function refresh() {
  again = true;
  fetching ||= (async () => {
    while (again) {
      again = false;
      try {
        const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
        if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"));
      } catch {
        // The next news, or the next connection, brings it.
      }
    }
    fetching = null;
  })();
  return fetching;
}

function show(fresh) {
  for (const part of document.querySelectorAll("[data-vivant]")) {
    const next = fresh.getElementById(part.id);
    if (next && !busy(part)) part.replaceChildren(...next.childNodes);
  }
  document.body.className = fresh.body.className;
  showMessages(fresh.getElementById("messages"));
  const first = document.querySelector(".accueil");
  if (first && !fresh.querySelector(".accueil")) first.remove();
  filterAll();
}

// Somebody writes there: what they typed is worth more than fresh figures.
function busy(part) {
  return part.contains(document.activeElement) && document.activeElement.matches("textarea, input")
    || Array.from(part.querySelectorAll("textarea")).some((field) => field.value.trim());
}

function showMessages(fresh) {
  const list = document.getElementById("messages");
  if (!list || !fresh) return;
  const atEnd = nearEnd();
  const pending = list.querySelector(".attente");
  const added = [];
  for (const item of fresh.children) {
    const known = item.id && document.getElementById(item.id);
    if (known && known.dataset.etat === item.dataset.etat) continue;
    if (known) {
      known.replaceWith(item.cloneNode(true));
    } else if (item.id) {
      list.querySelector(".vide")?.remove();
      const copy = item.cloneNode(true);
      copy.classList.add("nouveau");
      list.insertBefore(copy, pending);
      added.push(copy);
    }
  }
  forgetDeleted(list, fresh);
  if (added.length && atEnd) reveal(added.at(-1));
}

// What was taken back is not there any more; what is older than the page shows stays.
function forgetDeleted(list, fresh) {
  const oldest = fresh.querySelector(".message");
  if (!oldest) return;
  for (const item of list.querySelectorAll(".message[id]")) {
    const recent = Number(item.id.slice(1)) >= Number(oldest.id.slice(1));
    if (recent && !fresh.querySelector(`#${item.id}`)) item.remove();
  }
}

function nearEnd() {
  return document.getElementById("messages").getBoundingClientRect().bottom < innerHeight * 1.5;
}

// What is new is shown whole; what is taller than the screen, from its beginning.
function reveal(last) {
  const field = document.querySelector(".en-cours .ecrire");
  const room = innerHeight - (field ? field.offsetHeight : 0);
  last.scrollIntoView({ block: last.offsetHeight < room * 0.9 ? "nearest" : "start" });
}

// A conversation opens at the beginning of its last message, the field below it.
function open() {
  const last = document.querySelector(".en-cours #messages > .message:last-child");
  if (!last || !["", "#fin"].includes(location.hash)) return;
  history.scrollRestoration = "manual";
  last.scrollIntoView({ block: "start" });
}

let source = null;

function listen() {
  const address = document.getElementById("messages")?.dataset.flux;
  if (!address || (source && source.readyState !== EventSource.CLOSED)) return;
  if (address === "/flux/chat" && !document.querySelector("#messages .message:not(.attente)")) return;
  source = new EventSource(address);
  source.addEventListener("nouveau", refresh);
  source.addEventListener("open", refresh);
}

// The stream can be refused (too many pages) or cut for good: look again now and then.
setInterval(() => {
  if (!document.hidden && document.getElementById("messages")) {
    listen();
    if (!source || source.readyState !== EventSource.OPEN) refresh();
  }
}, 20000);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && source) refresh();
});

// --- Small comforts.

document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-exemple]");
  const field = document.getElementById("texte");
  if (example && field) {
    event.preventDefault();
    field.value = example.textContent.trim();
    field.focus();
  }
  const copier = event.target.closest("[data-copier]");
  if (copier) copy(document.getElementById(copier.dataset.copier));
});

async function copy(field) {
  field.select();
  await navigator.clipboard.writeText(field.value);
  document.querySelector("[data-copie-faite]").hidden = false;
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-copie]")) event.target.select();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file]")) nameFile(event.target);
});

function nameFile(field) {
  const shown = field.closest(".piece")?.querySelector("[data-nom-fichier]");
  if (shown) shown.textContent = field.files[0]?.name || "";
}

for (const button of document.querySelectorAll("[data-copier]")) {
  button.hidden = !navigator.clipboard;
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filterAll() {
  for (const box of document.querySelectorAll("[data-filtre]")) {
    box.hidden = false;
    const words = folded(box.querySelector("input").value).split(/\s+/);
    for (const list of document.querySelectorAll(box.dataset.filtre)) {
      for (const item of list.children) {
        const text = folded(item.textContent);
        item.hidden = !words.every((word) => text.includes(word));
      }
    }
  }
}

document.addEventListener("input", (event) => {
  if (event.target.closest("[data-filtre]")) filterAll();
});

// On a narrow screen the demonstration's panel is folded: the conversation comes first.
const demo = document.querySelector("[data-demo]");
if (demo && matchMedia("(max-width: 63.99rem)").matches) demo.open = false;

document.documentElement.classList.add("vif");
filterAll();
open();
addEventListener("load", open);
listen();
