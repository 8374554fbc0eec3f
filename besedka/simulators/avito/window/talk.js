// One chat: bubbles and the composer.

import { call } from "./api.js";
import { dayOf, h, icon, ICONS, timeOf } from "./dom.js";
import { keepRead, listingOf, state, wordsOf } from "./state.js";

const SPEAKERS = [
  ["buyer", "Покупатель"],
  ["seller", "Продавец в приложении"],
];

const pathOf = (chat) => `/chats/${encodeURIComponent(chat.id)}`;

// Bubbles.

function bodyOf(message) {
  const { content, type } = message;
  if (message.deleted) return h("div", { class: "text" }, wordsOf(message));
  if (type === "image") {
    const url = content.image.sizes["640x480"];
    return h("a", { href: url, target: "_blank" }, h("img", { class: "shot", src: url, alt: "Фото" }));
  }
  if (type === "voice") return h("audio", { controls: true, preload: "none", src: message.voice_url });
  if (type === "link") {
    const { url, preview } = content.link;
    const link = h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, url);
    return preview ? h("div", { class: "box" }, h("b", {}, preview.title), h("span", {}, preview.description), link) : link;
  }
  if (type === "location") {
    return h("div", { class: "box" }, h("b", {}, "Место на карте"), h("span", {}, content.location.title));
  }
  if (type === "item") {
    return h("div", { class: "box" }, h("b", {}, content.item.title), h("span", { class: "price" }, content.item.price_string));
  }
  if (type === "text") return h("div", { class: "text" }, message.text);
  return h("div", { class: "text" }, wordsOf(message));
}

function bubble(message) {
  if (message.author === "system") return h("div", { class: "mark" }, message.text);
  const isMine = message.author === "buyer";
  const meta = h("div", { class: "meta" });
  if (!isMine) {
    meta.append(h("span", { class: `via ${message.via}` }, message.via === "api" ? "через API" : "из приложения"));
  }
  meta.append(timeOf(message.created));
  if (isMine && !message.deleted) meta.append(h("span", {}, message.read_at ? "прочитано" : "доставлено"));
  return h("div", { class: `bubble${isMine ? " mine" : ""}${message.deleted ? " gone" : ""}`, "data-id": message.id }, bodyOf(message), meta);
}

function drawMessages(box, messages) {
  const children = [];
  let day = "";
  for (const message of messages) {
    if (dayOf(message.created) !== day) {
      day = dayOf(message.created);
      children.push(h("div", { class: "day" }, day));
    }
    children.push(bubble(message));
  }
  if (!messages.length) children.push(h("div", { class: "empty" }, h("p", {}, "Напишите первым: продавец увидит сообщение и ответит здесь.")));
  box.replaceChildren(...children);
}

// Composer.

async function post(chat, message) {
  await call("POST", `${pathOf(chat)}/messages`, { author: state.speaker, ...message });
}

async function sendPhoto(chat, file) {
  const { image_id } = await call("POST", "/images", file);
  await post(chat, { type: "image", image_id });
}

function attachMenu(chat, close) {
  const listing = listingOf(chat);
  const file = h("input", { type: "file", accept: "image/jpeg,image/png,image/gif,image/bmp,image/heic", hidden: true });
  file.addEventListener("change", () => { if (file.files[0]) sendPhoto(chat, file.files[0]); close(); });
  const entry = (path, label, act) => h("button", { type: "button", role: "menuitem", onclick: () => { act(); close(); } }, icon(path), label);
  const link = {
    type: "link",
    url: listing?.url ?? location.origin,
    title: listing?.title ?? "Страница",
    description: "Нашёл такое же, сравните",
  };
  return h(
    "div",
    { class: "menu", role: "menu" },
    h("button", { type: "button", role: "menuitem", onclick: () => file.click() }, icon(ICONS.photo), "Фото с диска"),
    entry(ICONS.photo, "Фото-пример", () => post(chat, { type: "image" })),
    entry(ICONS.voice, "Голосовое", () => post(chat, { type: "voice" })),
    entry(ICONS.link, "Ссылка", () => post(chat, link)),
    entry(ICONS.place, "Место на карте", () => post(chat, { type: "location" })),
    file,
  );
}

function composer(chat) {
  const isSeller = () => state.speaker === "seller";
  const text = h("textarea", { rows: "1", maxlength: "4000", "aria-label": "Сообщение" });
  text.value = state.drafts.get(chat.id) ?? "";
  const input = h("form", { class: "input" });
  const segments = h("div", { class: "segments", role: "group", "aria-label": "Кто пишет" });
  const hint = h("span", { class: "hint" });

  function drawSpeaker() {
    segments.replaceChildren(
      ...SPEAKERS.map(([key, label]) =>
        h("button", { type: "button", "aria-pressed": String(state.speaker === key), onclick: () => { state.speaker = key; drawSpeaker(); text.focus(); } }, label),
      ),
    );
    input.classList.toggle("seller", isSeller());
    text.placeholder = isSeller() ? "Ответ из приложения Авито" : "Сообщение продавцу";
    hint.textContent = isSeller() ? "Бот после этого должен замолчать" : "";
  }

  function grow() {
    state.drafts.set(chat.id, text.value);
    text.style.height = "";
    if (text.scrollHeight > text.clientHeight) text.style.height = `${Math.min(140, text.scrollHeight)}px`;
  }

  async function send(event) {
    event?.preventDefault();
    const words = text.value;
    if (!words.trim()) return;
    text.value = "";
    grow();
    try {
      await post(chat, { type: "text", text: words });
    } catch {
      text.value = words;
      grow();
    }
  }

  let menu = null;
  const closeMenu = () => { menu?.remove(); menu = null; };
  const attach = h("button", { type: "button", class: "icon-button", "aria-label": "Прикрепить", "aria-haspopup": "menu" }, icon(ICONS.attach));
  attach.addEventListener("click", () => {
    if (menu) return closeMenu();
    menu = attachMenu(chat, closeMenu);
    input.append(menu);
  });
  input.addEventListener("submit", send);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenu();
    if (event.key === "Enter" && !event.shiftKey && event.target === text) send(event);
  });
  text.addEventListener("input", grow);
  text.addEventListener("focus", closeMenu);
  input.append(attach, text, h("button", { type: "submit", class: "send", "aria-label": "Отправить" }, icon(ICONS.send)));
  drawSpeaker();
  requestAnimationFrame(grow);
  return { element: h("div", { class: "compose" }, h("div", { class: "speaker" }, segments, hint), input), text };
}

// The whole chat.

export async function drawTalk(stage, id) {
  const chat = state.chats.get(id);
  if (!chat) return;
  const listing = listingOf(chat);
  const box = h("div", { class: "messages" });
  const { element, text } = composer(chat);
  const subtitle = listing ? [listing.title, listing.price_string].filter(Boolean).join(" · ") : "Чат по профилю";
  stage.replaceChildren(
    h(
      "div",
      { class: "head" },
      h("a", { class: "icon-button back", href: "#/chats", "aria-label": "К чатам" }, icon(ICONS.back)),
      listing && h("img", { src: listing.thumb, alt: "" }),
      h("div", { class: "who" }, h("strong", {}, `${chat.buyer.name} → ${chat.seller}`), h("p", {}, subtitle)),
      h("span", { class: "spacer" }),
      listing && h("a", { class: "button small", href: `#/item/${listing.id}` }, "Объявление"),
    ),
    h("div", { class: "scroll", id: "talk", "data-chat": id }, box),
    element,
  );
  if (matchMedia("(min-width: 761px)").matches) text.focus();
  if (!state.messages.has(id)) state.messages.set(id, []);
  const full = await call("GET", pathOf(chat));
  keepRead(id, full.messages);
  refreshTalk(id, true);
  if (full.unread) markRead(id);
}

export function refreshTalk(id, toEnd = false) {
  const scroll = document.querySelector("#talk");
  if (!scroll || scroll.dataset.chat !== id) return;
  const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  drawMessages(scroll.firstElementChild, state.messages.get(id) ?? []);
  if (toEnd || isAtEnd) scroll.scrollTop = scroll.scrollHeight;
}

export async function markRead(id) {
  if (document.hidden) return;
  await call("POST", `/chats/${encodeURIComponent(id)}/read`, { author: "buyer" });
}
