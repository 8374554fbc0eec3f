// The list of chats.

import { h, timeOf, dayOf } from "./dom.js";
import { chatsByTime, listingOf, place, state, wordsOf } from "./state.js";

function tagOf(chat) {
  if (chat.buyer.is_blocked) return h("span", { class: "tag bad" }, "Заблокирован");
  if (chat.unread) return h("span", { class: "tag" }, chat.unread > 1 ? `Продавец: ${chat.unread}` : "Продавец ответил");
  const last = chat.last_message;
  if (last?.author === "buyer" && last.read_at) return h("span", { class: "tag quiet" }, "прочитано");
  return h("span");
}

function row(chat, selected) {
  const listing = listingOf(chat);
  const last = chat.last_message;
  const moment = last?.created ?? chat.created;
  const time = dayOf(moment) === "Сегодня" ? timeOf(moment) : dayOf(moment);
  const prefix = last?.author === "seller" ? `${chat.seller}: ` : "";
  return h(
    "a",
    {
      class: `row${selected ? " selected" : ""}${chat.unread ? " unread" : ""}`,
      href: `#/chat/${encodeURIComponent(chat.id)}`,
      "aria-current": selected ? "true" : undefined,
    },
    h("img", { src: listing ? listing.thumb : chat.buyer.avatar, alt: "", loading: "lazy" }),
    h("span", { class: "line" }, h("span", { class: "name" }, chat.buyer.name), h("span", { class: "time" }, time)),
    h("span", { class: "line" }, h("span", { class: "about" }, listing ? listing.title : "Чат по профилю"), h("span", { class: "price" }, listing?.price ? listing.price_string : "")),
    h("span", { class: "line" }, h("span", { class: "last" }, prefix + wordsOf(last)), tagOf(chat)),
  );
}

export function drawChats() {
  const { view, id } = place();
  const box = document.querySelector("#chats");
  const rows = chatsByTime().slice(0, 200).map((chat) => row(chat, view === "chat" && chat.id === id));
  const nothing = h(
    "div",
    { class: "empty" },
    h("p", {}, "Здесь появятся чаты покупателей."),
    h("p", {}, h("a", { class: "button", href: "#/" }, "Выбрать объявление")),
  );
  box.replaceChildren(...(rows.length ? rows : [nothing]));
  const unread = [...state.chats.values()].filter((chat) => chat.unread).length;
  document.querySelector("#chat-count").textContent = state.chats.size || "";
  const badge = document.querySelector("#tab-badge");
  badge.hidden = !unread;
  badge.textContent = unread;
  document.title = `${unread ? `(${unread}) ` : ""}Учебный Авито: окно покупателя`;
}
