"""A large shop made up: who writes, about what, and in which words. The same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST_NAMES = (
    "Александр Алексей Анна Анастасия Андрей Антон Артём Борис Вадим Валентина Василий Вера "
    "Виктор Виктория Владимир Галина Георгий Григорий Дарья Денис Дмитрий Евгений Екатерина "
    "Елена Зоя Иван Игорь Илья Инна Ирина Кирилл Константин Ксения Лариса Лев Леонид Людмила "
    "Максим Маргарита Марина Мария Михаил Надежда Наталья Никита Николай Оксана Олег Ольга "
    "Павел Пётр Полина Роман Руслан Светлана Семён Сергей Станислав Степан Татьяна Тимур "
    "Фёдор Эдуард Юлия Юрий Яна Ярослав"
)
FIRST_NAMES = tuple(_FIRST_NAMES.split())
# Of both genders alike, so that any first name goes with any of them.
_LAST_NAMES = (
    "Бондаренко Шевченко Коваленко Ткаченко Кравченко Олейник Савченко Руденко Мороз Лысенко "
    "Захаренко Приходько Гончар Литвин Зайченко Седых Черных Белых Долгих Косых Рыжих Сухих "
    "Тонких Польских Воронько Дорошенко Зинченко Карпенко Левченко Макаренко Науменко "
    "Остапенко Панченко Радченко Сидоренко Тарасенко Федоренко Харченко Цибуля Чумак Шаповал "
    "Щербак Юрченко Яковенко Гуменюк Данилюк Евтушенко Жук Заяц Ивашко Клименко Лавриненко "
    "Михальчук Нечай Онищенко Петренко Романюк"
)
LAST_NAMES = tuple(_LAST_NAMES.split())
_CITIES = (
    "Москва Тверь Казань Самара Омск Пермь Уфа Рязань Тула Калуга Вологда Ижевск Курск Пенза "
    "Томск Иркутск Барнаул Сочи Псков Владимир Кострома Саратов Воронеж Липецк Сургут"
)
CITIES = tuple(_CITIES.split())
_GOODS = (
    "холодильник|стиральная машина|диван угловой|велосипед горный|коляска детская|шкаф-купе|"
    "кроватка|телевизор|ноутбук|смартфон|самокат электрический|гараж металлический|пылесос|"
    "газонокосилка|бензопила|шины зимние|диски литые|аккумулятор|двигатель|бампер передний|"
    "фара левая|прицеп легковой|лодка надувная|палатка|спиннинг|пианино|гитара акустическая|"
    "аквариум|комод|стол письменный|кресло офисное|духовка|посудомоечная машина|"
    "микроволновка|кофемашина|швейная машина|станок токарный|бетономешалка|генератор|"
    "компрессор|теплица|кирпич облицовочный|ламинат|дверь входная"
)
GOODS = tuple(_GOODS.split("|"))
_BRANDS = (
    "Bosch Samsung LG Indesit Toyota Mazda Lada Kia Hyundai Ford Nissan Skoda Michelin "
    "Makita Xiaomi Huawei Lenovo Asus Canon Yamaha Stels Forward Karcher Hansa Haier Siemens"
)
BRANDS = tuple(_BRANDS.split())
STATES = ("новый", "б/у", "в отличном состоянии", "на запчасти", "с документами", "на гарантии")
_PARTS = (
    "инструкция упаковка зарядка чехол документы чек ключи колёса полка дверца мотор насос "
    "ремень фильтр провод пульт крепление ручка зеркало стекло сиденье замок крышка труба"
)
PARTS = tuple(_PARTS.split())
QUESTIONS = (
    "Здравствуйте, ещё продаёте {goods}?",
    "Добрый день! {goods} ещё в наличии?",
    "Сколько будет стоить доставка, город {city}?",
    "А торг возможен? Готов забрать за {price}",
    "Есть ли в комплекте {part}?",
    "Где можно посмотреть? Я из города {city}",
    "Можно фотографии поближе, интересует {part}",
    "Мой номер {phone}, наберите после {hour}",
    "Подскажите, в каком состоянии {part}",
    "Сколько лет пользовались? Не ремонтировали?",
    "Могу приехать завтра к {hour}, вас устроит?",
    "А обмен рассматриваете? Есть {goods} с доплатой",
    "Отправите транспортной компанией, город {city}?",
    "Какие размеры и сколько весит?",
    "Документы сохранились? Чек есть?",
    "Если скинете до {price}, заберу сегодня",
    "Понял, подумаю",
    "Хорошо, договорились",
    "Спасибо",
    "Алло, вы тут?",
    "Карта или наличные?",
    "Последняя цена какая?",
    "Не могу дозвониться, перезвоните {phone}",
    "Почему так дёшево, {part} целая?",
)
ANSWERS = (
    "Здравствуйте! Да, {goods} в наличии, приезжайте",
    "Добрый день. Продаём, город {city}",
    "Цена {price}, торг у товара",
    "Доставим транспортной компанией, это около {price}",
    "Да, {part} в комплекте",
    "К сожалению, {part} отсутствует",
    "Состояние отличное, пользовались аккуратно",
    "Смотреть можно в будни после {hour}",
    "Уточню у менеджера и вернусь с ответом",
    "Отправил фотографии, смотрите",
    "Заезжайте, адрес пришлю ближе к делу",
    "Обмен не рассматриваем",
    "Оплата наличными или переводом",
    "Гарантия две недели, чек выдаём",
    "Бронь держим сутки по предоплате",
    "Телефон для связи {phone}",
)
NOTES = (
    "Постоянный клиент, берёт оптом",
    "Обещал приехать к {hour}, не приехал",
    "Просит скидку, дать не больше пяти процентов",
    "Перезвонить на {phone}",
)


@dataclass(frozen=True, slots=True)
class Goods:
    title: str
    price: int | None
    city: str


class Shop:
    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(seed)

    def person(self) -> str:
        return f"{self._rng.choice(FIRST_NAMES)} {self._rng.choice(LAST_NAMES)}"

    def goods(self) -> Goods:
        rng = self._rng
        title = f"{rng.choice(GOODS)} {rng.choice(BRANDS)} {rng.randint(100, 999)}"
        price = None if rng.random() < 0.03 else round(10 ** rng.uniform(2.7, 6.3), -2)
        return Goods(
            f"{title[:1].upper()}{title[1:]}, {rng.choice(STATES)}",
            None if price is None else int(price),
            rng.choice(CITIES),
        )

    def phone(self) -> str:
        rng = self._rng
        code, first = rng.randint(900, 999), rng.randint(100, 999)
        return f"+7 ({code}) {first}-{rng.randrange(100):02}-{rng.randrange(100):02}"

    def words(self, templates: tuple[str, ...]) -> str:
        rng = self._rng
        return rng.choice(templates).format(
            goods=rng.choice(GOODS),
            city=rng.choice(CITIES),
            part=rng.choice(PARTS),
            price=f"{rng.randint(1, 990)} 000",
            phone=self.phone(),
            hour=f"{rng.randint(9, 21)}:00",
        )

    def lengths(self, conversations: int, messages: int) -> Iterator[int]:
        """How many messages each talk has: most are short, a few are very long."""
        weights = [self._rng.expovariate(1) + 0.15 for _ in range(conversations)]
        share = messages / sum(weights)
        owed = 0.0
        for weight in weights:
            owed += weight * share
            length = max(int(owed), 1)
            owed -= length
            yield length
