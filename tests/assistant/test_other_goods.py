"""A seller of many goods, a document for each: what one says must not be told of another."""

from dataclasses import replace

import pytest

from besedka.assistant import prompts
from besedka.assistant.decisions import Action, HandoverReason
from besedka.assistant.extractive import decide
from besedka.assistant.extractive.goods import titles_of_other_goods
from besedka.assistant.talk import Briefing, ListingFacts, Speaker
from besedka.simulators.avito.catalogue import DRAFTS
from tests.assistant.shops import Shop, briefing

IN_TALK = ((Speaker.BOT, "Здравствуйте. Да, объявление актуально."),)
DOCUMENTS = {draft.title: draft.description for draft in DRAFTS}


def shop_of(trade: str, *, status: str = "active", **more: str) -> Shop:
    draft = next(draft for draft in DRAFTS if draft.trade == trade)
    listing = ListingFacts(
        title=draft.title,
        price_text=draft.price_string,
        price_minor=draft.price * 100 if draft.price else None,
        status=status,
        location=draft.address,
    )
    return Shop(listing, {**DOCUMENTS, **more})


def asked(shop: Shop, question: str) -> Briefing:
    """As the built-in model reads it: written into a prompt and read back."""
    return prompts.parse(prompts.render(briefing(shop, question, earlier=IN_TALK)))[0]


FOREIGN = [
    ("kitchen", "Сколько будет стоить 4 метра?"),
    ("car", "доставка есть?"),
    ("car", "Отправите в Казань?"),
    ("car", "Гарантия есть?"),
    ("car", "Рассрочка есть?"),
    ("car", "Какой размер?"),
    ("tyres", "Какая гарантия?"),
    ("tyres", "Рассрочка есть?"),
    ("tyres", "Можно с животными?"),
    ("flat", "Сколько комнат?"),
    ("flat", "Какая гарантия?"),
    ("flat", "Есть кондиционер?"),
    ("policy", "Какая гарантия?"),
    ("policy", "Доставка есть?"),
    ("policy", "Рассрочка есть?"),
    ("workshop", "Доставка есть?"),
    ("workshop", "Рассрочка есть?"),
    ("phone", "Рассрочка есть?"),
    ("sofa", "Предоплата нужна?"),
]  # fmt: skip


@pytest.mark.parametrize(("trade", "question"), FOREIGN)
def test_what_is_told_of_other_goods_is_not_told_of_ours(trade: str, question: str) -> None:
    decided = decide(asked(shop_of(trade), question))

    assert (decided.action, decided.text) == (Action.HAND_OVER, "")


def test_a_document_of_a_sister_model_is_of_other_goods() -> None:
    shop = Shop(
        ListingFacts("iPhone 13, 128 ГБ", "39 990 ₽", status="active"),
        {"iPhone 12, 64 ГБ": "Гарантия 6 месяцев.", "Чехлы": "Кожа и силикон."},
    )

    assert decide(asked(shop, "Гарантия есть?")).action is Action.HAND_OVER


def test_a_document_about_a_subject_is_told_of_every_goods() -> None:
    shop = shop_of("car", **{"Доставка и оплата": "По Москве привезём за 900 ₽."})

    assert decide(asked(shop, "доставка есть?")).text == "По Москве привезём за 900 ₽."


def test_a_shop_with_one_document_is_answered_from_it_whatever_its_title() -> None:
    shop = Shop(shop_of("car").listing, {"Ромашка": "Гарантия 3 месяца."})

    assert decide(asked(shop, "Гарантия есть?")).text == "Гарантия 3 месяца."


def test_one_document_called_as_another_listing_is_of_other_goods() -> None:
    others = ["Диван угловой «Осло»", "Зимние шины Nokian"]

    assert titles_of_other_goods(["Диван «Осло»"], "Mazda 3, 2008", others) == {"Диван «Осло»"}
    assert titles_of_other_goods(["Ромашка"], "Mazda 3, 2008", others) == frozenset()


ANSWERS = [
    ("car", "машина ещё продаётся?", "актуально"),
    ("car", "Машина в наличии?", "актуально"),
    ("car", "Сколько стоит машина?", "520 000 ₽"),
    ("car", "Где находится машина?", "Варшавское шоссе"),
    ("car", "Какая коробка?", "автомат"),
    ("car", "Обмен на Солярис?", "Обмен не предлагать."),
    ("tyres", "Отправите в Казань?", "Отправим Авито Доставкой"),
    ("phone", "Сколько стоит телефон?", "39 990 ₽"),
    ("sofa", "Сколько ждать?", "Срок 3–5 дней."),
    ("flat", "Сколько в месяц?", "Цена по объявлению: 45 000 ₽ в месяц."),
    ("flat", "Квартира сдаётся?", "актуально"),
    ("flat", "А сколько метров?", "54 м²"),
    ("tyres", "Какой год?", "2024"),
    ("kitchen", "Есть договор?", "договор"),
    ("policy", "Цена какая?", "Стоимость зависит от мощности, стажа и города."),
    ("policy", "Сколько по времени?", "15 минут"),
    ("workshop", "Сколько по времени?", "за 40 минут"),
    ("workshop", "Сколько со своим маслом?", "1 500 ₽ со своим маслом"),
]  # fmt: skip


@pytest.mark.parametrize(("trade", "question", "fact"), ANSWERS)
def test_a_plain_question_is_answered_about_our_goods(trade: str, question: str, fact: str) -> None:
    decided = decide(asked(shop_of(trade), question))

    assert decided.action is Action.ANSWER
    assert fact in decided.text


STILL_UNKNOWN = [
    ("car", "Какой цвет?"),
    ("car", "Другие машины в наличии?"),
    ("car", "Сколько стоят шины?"),
    ("car", "Сколько стоит диван?"),
    ("car", "Сколько стоит телефон?"),
    ("tyres", "Сколько стоит машина?"),
    ("phone", "Обмен на айфон 14?"),
    ("sofa", "Отправите в Казань?"),
    ("flat", "Есть договор?"),
    ("car", "Сколько за 3 штуки?"),
    ("flat", "Сколько за 3 месяца?"),
    ("kitchen", "Год какой?"),
    ("phone", "Какой год?"),
]  # fmt: skip


@pytest.mark.parametrize(("trade", "question"), STILL_UNKNOWN)
def test_what_no_document_of_ours_tells_is_handed_over(trade: str, question: str) -> None:
    decided = decide(asked(shop_of(trade), question))

    assert (decided.action, decided.text) == (Action.HAND_OVER, "")


def test_a_rent_without_its_term_is_not_told_from_the_deposit() -> None:
    shop = shop_of("flat")
    bare = Shop(replace(shop.listing, price_text="45 000 ₽"), shop.documents)

    assert decide(asked(bare, "Сколько в месяц?")).action is Action.HAND_OVER


@pytest.mark.parametrize(
    "question",
    ["Ещё продаёте?", "Актуально?", "В наличии?", "Сколько стоит?", "Цена?", "Цена какая?", "+"],
)
@pytest.mark.parametrize("trade", ["car", "kitchen", "phone"])
def test_a_closed_listing_is_neither_available_nor_priced(trade: str, question: str) -> None:
    decided = decide(asked(shop_of(trade, status="closed"), question))

    assert (decided.action, decided.reason) == (Action.HAND_OVER, HandoverReason.LISTING_CLOSED)
    assert "снято с публикации" in decided.text
    assert "₽" not in decided.text
    assert "актуально" not in decided.text


def test_a_closed_listing_is_still_told_of_itself() -> None:
    decided = decide(asked(shop_of("sofa", status="closed"), "Какая ткань?"))

    assert "велюр" in decided.text


def test_a_listing_of_unknown_status_is_not_called_available() -> None:
    shop = shop_of("car")
    unknown = Shop(replace(shop.listing, status="unknown"), shop.documents)

    assert "актуально" not in decide(asked(unknown, "Ещё продаёте?")).text
