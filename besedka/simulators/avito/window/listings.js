// The shop window and a listing's page, from which a chat is opened.

import { call } from "./api.js";
import { h } from "./dom.js";
import { account, state } from "./state.js";

const NAMES = ["Сергей", "Марина", "Алексей", "Ольга", "Дмитрий", "Екатерина", "Руслан", "Наталья", "Игорь", "Алина"];
const PHRASES = {
  car: ["Ещё продаёте?", "Сколько хозяев по ПТС?", "За 450 отдадите?"],
  tyres: ["Какой остаток протектора?", "Отправите доставкой?", "Скидка будет?"],
  sofa: ["Какие цвета есть?", "Сколько стоит доставка в Москву?", "Какие размеры?"],
  flat: ["Квартира ещё сдаётся?", "Можно с кошкой?", "Какой залог?"],
  kitchen: ["Сколько будет стоить 4 метра?", "Какой срок изготовления?", "Есть рассрочка?"],
  policy: ["Какие документы нужны?", "Сколько стоит ОСАГО на Солярис?", "Оформите сегодня?"],
  workshop: ["Можно записаться на сегодня?", "Сколько со своим маслом?", "Где вы находитесь?"],
  phone: ["Какой процент аккумулятора?", "Торг есть?", "Обмен на 12 интересует?"],
};

function card(listing) {
  const isSold = listing.status !== "active";
  return h(
    "a",
    { class: `card${isSold ? " sold" : ""}`, href: `#/item/${listing.id}` },
    h("img", { src: listing.image, alt: "", loading: "lazy" }),
    h("span", { class: "caption" }, listing.title),
    h("span", { class: "price" }, isSold ? "Снято с публикации" : listing.price_string),
    h("span", { class: "place" }, listing.city),
  );
}

export function drawHome(stage) {
  const cards = [...state.listings.values()].map(card);
  stage.replaceChildren(
    h(
      "div",
      { class: "scroll" },
      h(
        "div",
        { class: "home" },
        h("h1", {}, `Объявления продавца «${account()?.name ?? ""}»`),
        h("p", {}, "Откройте объявление и напишите продавцу от имени покупателя. Отвечать будет то, что подключено к симулятору."),
        h("div", { class: "cards" }, cards),
      ),
    ),
  );
}

function offerFor(listing) {
  if (!state.offers.has(listing.id)) {
    state.offers.set(listing.id, { name: NAMES[Math.floor(Math.random() * NAMES.length)], text: "" });
  }
  return state.offers.get(listing.id);
}

async function openChat(listing, name, text) {
  const chat = await call("POST", "/chats", { item_id: listing.id, buyer_name: name, chat_type: "u2i" });
  state.chats.set(chat.id, chat);
  if (text.trim()) await call("POST", `/chats/${encodeURIComponent(chat.id)}/messages`, { author: "buyer", type: "text", text });
  state.offers.delete(listing.id);
  location.hash = `#/chat/${encodeURIComponent(chat.id)}`;
}

export function drawListing(stage, id) {
  const listing = state.listings.get(Number(id));
  if (!listing) return drawHome(stage);
  const offer = offerFor(listing);
  const name = h("input", { value: offer.name, maxlength: "60", name: "buyer" });
  const text = h("textarea", { placeholder: "Например: ещё продаёте?", maxlength: "1000", name: "text" }, offer.text);
  const keepOffer = () => Object.assign(offer, { name: name.value, text: text.value });
  const phrases = (PHRASES[listing.trade] ?? ["Ещё актуально?", "Торг уместен?", "Где посмотреть?"]).map((phrase) =>
    h("button", { type: "button", onclick: () => { text.value = phrase; keepOffer(); text.focus(); } }, phrase),
  );
  const form = h(
    "form",
    { class: "offer", oninput: keepOffer, onsubmit: (event) => { event.preventDefault(); openChat(listing, name.value.trim() || "Покупатель", text.value); } },
    h("h1", {}, listing.title),
    h("p", { class: "sum price" }, listing.status === "active" ? listing.price_string : "Снято с публикации"),
    h("label", { class: "field" }, "Имя покупателя", name),
    h("label", { class: "field" }, "Первое сообщение", text),
    h("div", { class: "phrases" }, phrases),
    h("button", { class: "button main-action", type: "submit" }, "Написать продавцу"),
  );
  stage.replaceChildren(
    h(
      "div",
      { class: "scroll" },
      h(
        "div",
        { class: "listing" },
        h("a", { class: "back", href: "#/" }, "← Все объявления"),
        h("img", { class: "photo", src: listing.image, alt: listing.title }),
        form,
        h("div", { class: "facts" }, h("p", {}, listing.description), h("p", { class: "place" }, listing.address)),
      ),
    ),
  );
}
