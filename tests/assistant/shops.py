"""Six small sellers of different trades: a listing and what their documents say."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from besedka.assistant.searching import HITS_PER_QUERY, queries_for, sources_from
from besedka.assistant.talk import Briefing, Line, ListingFacts, Speaker
from besedka.knowledge.chunking import chunk
from besedka.knowledge.retrieval import Index, Passage


@dataclass(frozen=True)
class Shop:
    listing: ListingFacts
    documents: dict[str, str]

    def index(self) -> Index:
        passages = [
            Passage(
                chunk_id=uuid5(NAMESPACE_URL, f"{title}#{position}"),
                document_id=uuid5(NAMESPACE_URL, title),
                title=title,
                heading=piece.heading,
                text=piece.text,
            )
            for title, text in self.documents.items()
            for position, piece in enumerate(chunk(text))
        ]
        return Index(passages)


CAR = Shop(
    ListingFacts(
        title="Kia Rio 1.6 AT, 2018, 85 000 км",
        price_text="1 150 000 ₽",
        price_minor=115_000_000,
        url="https://www.avito.ru/kazan/avtomobili/kia_rio_2018_4001",
        status="active",
        location="Казань, ул. Декабристов, 85",
    ),
    {
        "Kia Rio 2018": """
Двигатель 1.6, 123 л.с., бензин, автомат. Привод передний.
По ПТС два владельца, ПТС оригинал. Обслуживалась у дилера каждые 15 000 км.
Кузов без дтп, крашен задний бампер после царапины на парковке.
В комплекте второй комплект зимней резины на дисках и два ключа.
Салон тканевый, цвет кузова белый.
Обмен на вашу машину не рассматриваем.
""",
        "Автосалон: частые вопросы": """
# Осмотр
Посмотреть машину можно каждый день с 10:00 до 20:00 на нашей площадке.
Проверка на подъёмнике в соседнем сервисе бесплатно, автотека по запросу.

# Оплата
Наличные, перевод или кредит через банк-партнёр, решение за один день.

# Hyundai Solaris 2017
Пробег 60 000 км, один владелец. Цена 980 000 ₽.
""",
    },
)

PARTS = Shop(
    ListingFacts(
        title="Амортизатор передний KYB 339700 для Toyota Corolla",
        price_text="5 400 ₽",
        price_minor=540_000,
        url="https://www.avito.ru/moskva/zapchasti/kyb_339700",
        status="active",
        location="Москва",
    ),
    {
        "Доставка и возврат": """
Доставка

По Москве курьером за 400 ₽ в день заказа, если заказали до 14:00.
По России отправляем СДЭК и Почтой России, 3–7 дней, оплата при получении.
Самовывоз со склада: Москва, ул. Барклая, 8, пн–сб с 10 до 19.

Возврат

Вернуть новую деталь в упаковке можно в течение 14 дней.
Установленные детали обмену и возврату не подлежат.

Гарантия

На амортизаторы KYB гарантия 12 месяцев или 30 000 км пробега при установке в сервисе.
""",
        "Прайс": """
| Деталь | Артикул | Цена |
|---|---|---|
| Стойка стабилизатора CTR | CLT-41 | 1 250 ₽ |
| Колодки передние Sangsin | SP1186 | 2 100 ₽ |
| Фильтр масляный Mann | W68/3 | 690 ₽ |
| Опора амортизатора KYB | SM5211 | 2 300 ₽ |
""",
        "Как подобрать": """
Подойдёт ли деталь на мою машину?
Пришлите VIN, подберём деталь по номеру кузова.

Это оригинал?
Амортизаторы KYB новые, в заводской упаковке, производство Япония.
""",
    },
)

FLAT = Shop(
    ListingFacts(
        title="1-к. квартира, 38 м², 5/9 эт.",
        price_text="45 000 ₽ в месяц",
        price_minor=4_500_000,
        url="https://www.avito.ru/moskva/kvartiry/1-k_38m",
        status="active",
        location="Москва, ул. Сущёвский Вал, 14",
    ),
    {
        "Условия аренды": """
Сдаём на срок от 6 месяцев, без комиссии, от собственника.
Залог 45 000 ₽, можно разбить на два месяца.
Коммунальные платежи включены, счётчики воды и света оплачиваете отдельно.
С кошкой можно, с собаками нельзя. С детьми можно.
Курить в квартире нельзя.

Метро Савёловская в 7 минутах пешком.

Мебель: кровать, шкаф, стол. Техника: холодильник, стиральная машина. Интернет проведён.

Показ по будням после 18:00, по выходным с 11:00 до 17:00.
""",
    },
)

SOFA = Shop(
    ListingFacts(
        title="Диван угловой Осло, велюр, новый",
        price_text="64 900 ₽",
        price_minor=6_490_000,
        url="https://www.avito.ru/spb/mebel/divan_oslo",
        status="active",
        location="Санкт-Петербург, Ленинский проспект, 140",
    ),
    {
        "Диван Осло": """
Размер 260 на 160 см, высота 85 см. Спальное место 200 на 140 см.
Обивка велюр, цвета: серый, синий, зелёный. Механизм дельфин, есть ящик для белья.
Каркас из массива сосны и фанеры. Вес 95 кг.
Изготовление под заказ за 14 дней, серый есть на складе.
""",
        "Доставка мебели": """
Доставка по Санкт-Петербургу 1 500 ₽, подъём на этаж 300 ₽ за этаж, с лифтом бесплатно.
За КАД 40 ₽ за километр. В другие города не отправляем.
Сборка дивана бесплатно при доставке.

Оплата: наличные или перевод при получении, рассрочка на 6 месяцев без переплаты.

Гарантия на мебель 18 месяцев.
""",
    },
)

PHONE = Shop(
    ListingFacts(
        title="iPhone 13 128 ГБ, синий",
        price_text="38 500 ₽",
        price_minor=3_850_000,
        url="https://www.avito.ru/ekb/telefony/iphone_13",
        status="active",
        location="Екатеринбург",
    ),
    {
        "iPhone 13 синий": """
Состояние отличное, на корпусе одна царапина, экран без сколов и трещин.
Аккумулятор 87 %, меняли ничего, не вскрывался. Face ID работает.
В комплекте коробка и кабель, зарядного блока нет. Чек сохранился.
""",
        "Магазин": """
Проверить телефон можно у нас: ул. Малышева, 36, ежедневно с 11 до 21.
Авито Доставка есть, отправка в день заказа.
Гарантия магазина 90 дней. Обмен с доплатой по итогам осмотра.
Скидок нет, цена окончательная.
""",
    },
)

PAINT = Shop(
    ListingFacts(
        title="Покраска авто и кузовной ремонт",
        price_text="от 14 000 ₽ за деталь",
        price_minor=1_400_000,
        url="https://www.avito.ru/chelyabinsk/uslugi/pokraska",
        status="active",
        location="Челябинск, Свердловский тракт, 5",
    ),
    {
        "Прайс на покраску": """
ПОКРАСКА

| Деталь | 1 класс | 2 класс |
|---|---|---|
| Капот | 22 000 ₽ | 25 000 ₽ |
| Дверь | 18 000 ₽ | 20 000 ₽ |
| Бампер | 16 000 ₽ | 18 000 ₽ |
| Крыло переднее | 17 000 ₽ | 19 000 ₽ |

ПОЛИРОВКА

| Работа | Цена |
|---|---|
| Полировка кузова | 12 000 ₽ |
| Полировка фар | 2 500 ₽ |
""",
        "О сервисе": """
Работаем с 9:00 до 20:00, воскресенье выходной.
Покраска одной детали занимает 3 дня.
Гарантия на покраску 2 года.
Подбор краски по коду бесплатно. Красим материалами Sikkens.
Оценка повреждений по фото бесплатная, но точную цену называем после осмотра.
Со страховыми по ОСАГО не работаем.
""",
    },
)

SHOPS = {
    "car": CAR, "parts": PARTS, "flat": FLAT, "sofa": SOFA, "phone": PHONE, "paint": PAINT,
}  # fmt: skip


def briefing(shop: Shop, *messages: str, earlier: tuple[tuple[Speaker, str], ...] = ()) -> Briefing:
    burst = [Line(Speaker.CUSTOMER, text) for text in messages]
    index = shop.index()
    hits = index.search_all(queries_for(burst, shop.listing), limit=HITS_PER_QUERY)
    return Briefing(
        listing=shop.listing,
        sources=sources_from(hits, shop.listing, index.titles),
        earlier=[Line(speaker, text) for speaker, text in earlier],
        burst=burst,
        has_greeted=any(speaker is not Speaker.CUSTOMER for speaker, _ in earlier),
    )
