// The rehearsal room's script. The room works without it: it reads, it posts, it reloads. With it
// messages arrive by themselves, answers land in place, and the box knows how to go on.

const byId = (id) => document.getElementById(id);
const scroller = byId("scroller");
const timeline = byId("timeline");
const thread = byId("thread");
const says = byId("says");
const box = byId("box");
const dialog = byId("dialog");
const problem = byId("problem");
const announcer = byId("announcer");
const newer = byId("newer");
const live = byId("live");

// ---- Small tools ---------------------------------------------------------------------------

function freshDelivery() {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Server-made markup, escaped there. Scripts in it would not run (and the page's policy forbids them).
function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function announce(words) {
  announcer.textContent = "";
  announcer.textContent = words;
}

function complain(words) {
  problem.textContent = words;
}

// ---- The timeline --------------------------------------------------------------------------

function atTheEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
}

function toTheEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  newer.hidden = true;
}

// Moves the talk only: scrollIntoView would move the page around it as well.
function reveal(entry) {
  const top = entry.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  const spare = Math.max(48, (scroller.clientHeight - entry.offsetHeight) / 2);
  scroller.scrollTop = top - spare;
}

function headDay(entry) {
  const days = timeline.querySelectorAll("[data-day]");
  const last = days[days.length - 1];
  if (last && last.dataset.day === entry.dataset.day) return;
  const day = document.createElement("li");
  day.className = "day";
  day.dataset.day = entry.dataset.day;
  const heading = document.createElement("h2");
  heading.textContent = entry.dataset.dayLabel;
  day.append(heading);
  timeline.append(day);
}

// A message that changes under somebody's fingers keeps their place: the same button, or the message.
function replace(old, entry) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const command = held && held.form && held.form.elements.says ? held.form.elements.says.value : null;
  old.replaceWith(entry);
  if (!held) return;
  const same = command && [...entry.querySelectorAll("input[name=says]")].find((input) => input.value === command);
  (same ? same.form.querySelector("button") : entry).focus({ preventScroll: true });
}

function place(entry, into) {
  entry.classList.add("fresh");
  const old = byId(entry.id);
  if (old) {
    replace(old, entry);
    return;
  }
  const follow = atTheEnd();
  if (into === timeline) {
    byId("empty").hidden = true;
    headDay(entry);
  }
  into.append(entry);
  if (into !== timeline) return;
  if (follow) toTheEnd();
  else newer.hidden = false;
}

// The head of the open thread is shown a second time, under another id and without buttons.
function repeatAtHead(news) {
  const head = byId(`t${news.id}`);
  if (!head) return;
  const entry = parse(news.html);
  entry.id = head.id;
  entry.querySelector("h3").id = `${head.id}-title`;
  entry.querySelector("article").setAttribute("aria-labelledby", `${head.id}-title`);
  entry.querySelector(".buttons")?.remove();
  head.replaceWith(entry);
}

function hear(news) {
  repeatAtHead(news);
  const entry = parse(news.html);
  const old = byId(entry.id);
  if (old && Number(old.dataset.revision) >= Number(entry.dataset.revision)) return;
  if (news.thread) {
    if (thread && thread.closest("[data-thread]").dataset.thread === news.thread) place(entry, thread);
    return;
  }
  if (!old && new URLSearchParams(location.search).has("before")) return;
  place(entry, timeline);
  announce(`${news.edited ? "Changed: " : ""}${news.summary}`);
}

newer.addEventListener("click", () => {
  toTheEnd();
  says.focus();
});
scroller.addEventListener("scroll", () => {
  if (atTheEnd()) newer.hidden = true;
});

// ---- The live line -------------------------------------------------------------------------

let cursor = live.dataset.after;
let line = null;
let leaving = false;

function badge(link, count) {
  const mark = link && link.querySelector(".badge");
  if (!mark) return;
  mark.hidden = count === 0;
  mark.querySelector(".count").textContent = count;
}

function showBadges({ rooms, people }) {
  let all = 0;
  for (const link of document.querySelectorAll("[data-room]")) {
    const count = rooms[link.dataset.room] ?? 0;
    badge(link, count);
    all += count;
  }
  for (const link of document.querySelectorAll("[data-person]")) {
    const count = people[link.dataset.person] ?? 0;
    badge(link, count);
    all += count;
  }
  badge(document.querySelector(".menu"), all);
}

let lateSign = 0;

function showClock(clock) {
  byId("face").innerHTML = clock.face;
  byId("bar-clock").textContent = clock.short;
  const moves = document.querySelector(".moves");
  moves.setAttribute("aria-busy", clock.going ? "true" : "false");
  // A journey that is over within a second needs no sign.
  if (clock.going && !lateSign) lateSign = performance.now();
  if (!clock.going) lateSign = 0;
  const going = clock.going && performance.now() - lateSign > 800 ? clock.going : "";
  byId("going").textContent = going;
  if (!clock.going) {
    byId("next-thing").textContent = clock.next || "nothing is due";
    moves.querySelector("[value=next]").disabled = !clock.next;
  }
}

// A line that is back within a moment needs no sign.
let telling = null;

function tell(state) {
  clearTimeout(telling);
  if (state) telling = setTimeout(() => (byId("line-state").textContent = state), 1500);
  else byId("line-state").textContent = "";
}

function listen() {
  if (line) return;
  const address = new URL(live.dataset.events, location.href);
  address.searchParams.set("after", cursor);
  line = new EventSource(address);
  const on = (kind, act) =>
    line.addEventListener(kind, (event) => {
      if (event.lastEventId) cursor = event.lastEventId;
      act(JSON.parse(event.data));
    });
  on("message", hear);
  on("badges", showBadges);
  on("clock", showClock);
  // The story began anew. Whoever asked for that is on the way to its beginning already.
  on("reset", () => leaving || location.replace("/"));
  line.addEventListener("open", () => tell(""));
  line.addEventListener("error", () => {
    tell("Reconnecting…");
    // The browser tries again by itself, unless the server turned it away for good.
    if (line && line.readyState === EventSource.CLOSED) {
      line = null;
      setTimeout(listen, 2000);
    }
  });
}

// A browser allows six lines to one server: pages that nobody looks at hang up, and catch up later.
function hangUp() {
  clearTimeout(telling);
  if (line) line.close();
  line = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
addEventListener("pagehide", hangUp);
addEventListener("pageshow", (event) => {
  if (event.persisted) listen();
});
listen();

// ---- Posting -------------------------------------------------------------------------------

// Sends a form and gives the answer. The delivery id stays until the server has answered, so that
// sending again after a lost line is the same request.
async function send(form, submitter) {
  const filled = new FormData(form);
  const fields = [...filled].filter(([, value]) => value instanceof File);
  for (const [name, file] of fields) if (!file.name) filled.delete(name);
  const body = fields.some(([, file]) => file.name) ? filled : new URLSearchParams(filled);
  if (submitter && submitter.name) body.set(submitter.name, submitter.value);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    const told = await answer.json();
    if (answer.ok) {
      complain("");
      if (form.elements.delivery) form.elements.delivery.value = freshDelivery();
      if (form.elements.list) form.elements.list.value = "";
      return told;
    }
    complain(`${told.problem} ${told.next_step}`);
  } catch {
    complain("The rehearsal does not answer. It may be restarting; send it again in a moment.");
  } finally {
    form.removeAttribute("aria-busy");
  }
  return null;
}

function show({ line: html, form }) {
  if (html) {
    const entry = parse(html);
    place(entry, timeline);
    if (entry.offsetHeight > scroller.clientHeight) {
      reveal(entry);
      newer.hidden = true;  // what lies below is the rest of this answer
    } else toTheEnd();
    announce(`Only you can see this: ${entry.dataset.summary}`);
  }
  if (form) open(form);
  else if (dialog.open) dialog.close();
}

// What the box said last, and whether somebody sent other words before that was answered: those are
// neither wiped nor lost, and the same words twice are a double click.
let underWay = "";
let again = false;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const kind = ["box", "press", "blanks", "moves", "dismiss"].find((name) => form.classList.contains(name));
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    if (kind === "box" && says.value.trim() && says.value !== underWay) again = true;
    return;
  }
  if (!kind) {
    // A step of the tour loads a page; meanwhile it cannot be pressed twice.
    form.setAttribute("aria-busy", "true");
    leaving = true;
    return;
  }
  event.preventDefault();
  if (kind === "box") {
    hideWays();
    if (!says.value.trim()) return;
    [underWay, again] = [says.value, false];
  }
  const told = await send(form, event.submitter);
  if (!told) return;
  if (kind === "box") {
    if (says.value === underWay) says.value = "";
    says.focus();
  }
  if (kind === "dismiss") {
    form.closest(".entry").remove();
    says.focus();
    return;
  }
  if (kind !== "moves") show(told);
  if (kind === "box" && again) form.requestSubmit();
});

addEventListener("pageshow", () => {
  leaving = false;
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// ---- Forms ---------------------------------------------------------------------------------

let cameFrom = null;

function open(html) {
  if (!dialog.open) cameFrom = document.activeElement;
  dialog.replaceChildren(parse(html));
  if (!dialog.matches(":modal")) {
    if (dialog.open) dialog.close();
    dialog.showModal();
  }
  const wrong = dialog.querySelector("[aria-invalid]");
  (wrong || dialog.querySelector(".field :is(input, select, textarea)") || byId("dialog-title")).focus();
}

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-cancel]")) return;
  event.preventDefault();
  dialog.close();
});
dialog.addEventListener("close", () => {
  const back = cameFrom && cameFrom.isConnected ? cameFrom : says;
  cameFrom = null;
  back.focus();
});
if (dialog.hasAttribute("open")) {
  // The server opened it for a page without script; with it, it is modal.
  open(dialog.innerHTML);
}

// ---- The box and its completions (a combobox, as the ARIA practices describe it) --------------

const ways = byId("completions");
const hint = byId("hint");
const usualHint = hint.textContent;
let chosen = -1;
let asked = 0;
let waiting = null;

says.setAttribute("role", "combobox");
says.setAttribute("aria-autocomplete", "list");
says.setAttribute("aria-controls", "completions");
says.setAttribute("aria-expanded", "false");

function hideWays() {
  asked += 1;
  clearTimeout(waiting);
  ways.hidden = true;
  chosen = -1;
  says.setAttribute("aria-expanded", "false");
  says.removeAttribute("aria-activedescendant");
  hint.textContent = usualHint;
}

function choose(number) {
  const options = ways.children;
  chosen = (number + options.length) % options.length;
  for (const [index, option] of [...options].entries()) {
    option.setAttribute("aria-selected", index === chosen ? "true" : "false");
  }
  says.setAttribute("aria-activedescendant", options[chosen].id);
  const { offsetTop, offsetHeight } = options[chosen];
  if (offsetTop < ways.scrollTop) ways.scrollTop = offsetTop;
  else if (offsetTop + offsetHeight > ways.scrollTop + ways.clientHeight) ways.scrollTop = offsetTop + offsetHeight - ways.clientHeight;
}

function take(option) {
  says.value = option.dataset.insert;
  says.focus();
  hideWays();
}

function showWays(found) {
  if (!found.length || document.activeElement !== says) {
    hideWays();
    return;
  }
  ways.replaceChildren(
    ...found.map((way, index) => {
      const option = document.createElement("li");
      option.id = `way-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.insert = way.insert;
      const label = document.createElement("b");
      label.textContent = way.label;
      const meaning = document.createElement("span");
      meaning.textContent = way.hint;
      option.append(label, meaning);
      return option;
    }),
  );
  ways.hidden = false;
  chosen = -1;
  says.setAttribute("aria-expanded", "true");
  says.removeAttribute("aria-activedescendant");
  hint.textContent = "↓ and Enter, or Tab, to take one · Esc to close";
}

async function lookUp() {
  const turn = (asked += 1);
  const address = new URL(box.dataset.completions, location.href);
  address.searchParams.set("text", says.value);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : [];
    if (turn === asked) showWays(found);
  } catch {
    if (turn === asked) hideWays();
  }
}

says.addEventListener("input", () => {
  clearTimeout(waiting);
  if (says.value) waiting = setTimeout(lookUp, 60);
  else hideWays();
});

says.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const shown = !ways.hidden;
  if (event.key === "ArrowDown" && !shown) {
    event.preventDefault();
    lookUp();
  } else if (event.key === "ArrowDown") {
    event.preventDefault();
    choose(chosen + 1);
  } else if (event.key === "ArrowUp" && shown) {
    event.preventDefault();
    choose(chosen < 0 ? ways.children.length - 1 : chosen - 1);
  } else if (event.key === "Escape" && shown) {
    event.preventDefault();
    hideWays();
  } else if (event.key === "Enter" && shown && chosen >= 0) {
    event.preventDefault();
    take(ways.children[chosen]);
  } else if (event.key === "Tab" && shown && !event.shiftKey) {
    event.preventDefault();
    take(ways.children[Math.max(chosen, 0)]);
  }
});

says.addEventListener("blur", () => setTimeout(() => document.activeElement !== says && hideWays(), 100));
ways.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});

// ---- On arrival -----------------------------------------------------------------------------

for (const form of document.querySelectorAll(".theme")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const theme = event.submitter.value;
    document.documentElement.dataset.theme = theme;
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.value === theme ? "true" : "false");
    }
  });
}

const news = timeline.querySelectorAll(".fresh");
const shown = (location.hash && byId(location.hash.slice(1))) || news[news.length - 1];
if (shown && scroller.contains(shown)) reveal(shown);
else toTheEnd();
const tour = byId("tour-title");
if (tour) tour.focus({ preventScroll: true });
else if (!dialog.open && matchMedia("(hover: hover)").matches) says.focus({ preventScroll: true });
