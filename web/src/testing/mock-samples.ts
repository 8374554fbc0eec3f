import {
  type Conversation,
  type Message,
  makeConversation,
  makeMessage,
  minutesAgo,
} from "./make.ts";

const person = { kind: "user", id: "user-1", name: "Ирина Савельева" } as const;
const bot = { kind: "bot", id: null, name: null } as const;
const picture = "https://www.example.com/none.jpg";

interface Row {
  name: string;
  listing: string | null;
  price: string | null;
  text: string;
  minutes: number;
  over?: Partial<Conversation>;
  author?: "customer" | "bot" | "user";
  type?: string;
}

const rows: Row[] = [
  {
    name: "Алексей",
    listing: "Зимние шины Nokian 205/55 R16",
    price: "24 000 ₽",
    text: "А в Подольск доставите?",
    minutes: 1,
    over: { unread_count: 2 },
  },
  {
    name: "Марина К.",
    listing: "Диван угловой «Осло»",
    price: "38 900 ₽",
    text: "Ткань велюр, есть серый и бежевый",
    minutes: 3,
    author: "bot",
  },
  {
    name: "Дмитрий",
    listing: null,
    price: null,
    text: "Да, фильтр MANN W 712/95 есть в наличии",
    minutes: 12,
    author: "bot",
  },
  {
    name: "Ольга Петровна",
    listing: "2-к. квартира, 54 м², 3/9 эт.",
    price: "45 000 ₽",
    text: "спасибо большое",
    minutes: 31,
    over: { is_pinned: true },
  },
  {
    name: "Руслан",
    listing: "Mazda 3, 2008",
    price: "520 000 ₽",
    text: "",
    type: "voice",
    minutes: 36,
    over: { unread_count: 1 },
  },
  {
    name: "Сергей Волков",
    listing: "Mazda 3, 2008",
    price: "520 000 ₽",
    text: "Тогда за 480 забираю сегодня",
    minutes: 2,
    over: {
      mode: "manager",
      unread_count: 1,
      waiting_since: minutesAgo(6),
      assignee: { id: "user-1", name: "Ирина Савельева" },
    },
  },
  {
    name: "Екатерина",
    listing: "Кухня на заказ, 3 м",
    price: "от 96 000 ₽",
    text: "Пришлите, пожалуйста, договор",
    minutes: 9,
    over: { mode: "manager", unread_count: 3, waiting_since: minutesAgo(13) },
  },
  {
    name: "ИП Гончаров",
    listing: "Полис ОСАГО",
    price: "11 240 ₽",
    text: "Отправила счёт на почту",
    minutes: 53,
    author: "user",
    over: { mode: "manager", assignee: { id: "user-2", name: "Павел" } },
  },
  {
    name: "Наталья",
    listing: "Детская кроватка",
    price: "7 500 ₽",
    text: "Да, до субботы держим",
    minutes: 1500,
    author: "user",
    over: {
      mode: "manager",
      assignee: { id: "user-1", name: "Ирина Савельева" },
      has_failed: true,
    },
  },
];

export function sampleConversations(): Conversation[] {
  const filler = Array.from({ length: 123 }, (_, index) => ({
    name: `Покупатель ${index + 1}`,
    listing: "Зимние шины Nokian 205/55 R16",
    price: "24 000 ₽",
    text: "Ещё актуально?",
    minutes: 60 + index * 37,
  }));
  return [...rows, ...filler].map((row: Row, index) => {
    const base = makeConversation();
    return {
      ...base,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
      contact: { ...base.contact, name: row.name },
      listing:
        row.listing && base.listing
          ? { ...base.listing, title: row.listing, price_text: row.price }
          : null,
      last_activity_at: minutesAgo(row.minutes),
      last_message: {
        id: `last-${index}`,
        author: row.author ?? "customer",
        author_name: row.author === "user" ? "Ирина Савельева" : null,
        type: row.type ?? "text",
        text: row.text,
        sent_at: minutesAgo(row.minutes),
        status: "received",
      },
      ...row.over,
    };
  });
}

/** A talk with every kind of message, oldest first. */
export function sampleMessages(conversationId: string): Message[] {
  let minutes = 60 * 27;
  const say = (over: Partial<Message>): Message => {
    minutes = minutes > 60 * 24 ? minutes - 1 : Math.max(1, minutes - 2);
    return makeMessage({ conversation_id: conversationId, sent_at: minutesAgo(minutes), ...over });
  };
  const yesterday = [
    say({
      type: "system",
      author: { kind: "system", id: null, name: null },
      text: "Переходить в другие мессенджеры опасно: там Авито не сможет вам помочь",
    }),
    say({ text: "Здравствуйте! Ещё продаёте? Сколько хозяев по ПТС?" }),
    say({
      direction: "out",
      author: bot,
      text: "Здравствуйте, Сергей! Да, Mazda 3 продаётся. По ПТС два хозяина, пробег 168 000 км. Когда вам удобно посмотреть?",
      status: "read",
      receipt: {
        sources: [
          {
            kind: "listing",
            id: "1",
            title: "Mazda 3, 2008",
            quote: "Пробег 168 000 км, два хозяина по ПТС",
          },
          {
            kind: "document",
            id: "2",
            title: "Осмотр и документы.docx",
            quote: "Показ с 9:00 до 19:00, Варшавское ш., 125",
          },
        ],
        model: "GPT",
        provider: "openai",
        input_tokens: 1840,
        output_tokens: 96,
        cost_minor: "31",
        seconds: 1.9,
        rule: null,
      },
    }),
    say({ type: "image", text: "", content: { sizes: { "640x480": picture } } }),
    say({ type: "voice", text: "", content: { voice_id: "1" } }),
    say({
      type: "link",
      text: "https://www.avito.ru/moskva/avtomobili/mazda_3",
      content: {
        url: "https://www.avito.ru/moskva/avtomobili/mazda_3",
        title: "Mazda 3 1.6 AT, 2008",
        description: "Седан, 168 000 км, Москва",
        domain: "avito.ru",
      },
    }),
    say({
      type: "item",
      text: "",
      content: {
        title: "Комплект летней резины R16",
        price_text: "12 000 ₽",
        url: "https://www.avito.ru/2",
      },
    }),
    say({
      type: "location",
      text: "",
      content: {
        lat: 55.6,
        lon: 37.6,
        title: "Варшавское шоссе, 125",
        text: "Москва, Варшавское шоссе, 125с1",
        kind: "house",
      },
    }),
    say({ type: "call", text: "", content: { status: "missed" } }),
    say({ type: "video", text: "" }),
    say({ type: "unknown", text: "", content: { raw_type: "sticker" } }),
    say({ type: "deleted", text: "" }),
  ];
  minutes = 30;
  const today = [
    say({
      text: "Сегодня могу. За 450 отдадите?",
      quote: { text: "Когда вам удобно посмотреть?" },
    }),
    say({
      type: "handover",
      direction: "internal",
      author: bot,
      status: "note",
      text: "",
      content: {
        reason: "Цена ниже разрешённой (480 000 ₽)",
        wants: "купить сегодня, просит 450 000 ₽",
        promised: "показ сегодня",
        next: "назвать цену и время",
      },
    }),
    say({
      type: "activity",
      direction: "internal",
      author: { ...person, id: "user-2", name: "Павел" },
      status: "note",
      text: "",
      content: { action: "taken_over", by: "Павел" },
    }),
    say({
      type: "note",
      direction: "internal",
      author: { ...person, name: "Ирина" },
      status: "note",
      text: "Минимум 480, если заберёт сегодня. Резина в подарок.",
    }),
    say({
      direction: "out",
      author: person,
      text: "Сергей, 480 000 и комплект летней резины в подарок. Подъезжайте до 19:00, Варшавское ш., 125.",
      status: "read",
      recall_until: minutesAgo(-40),
    }),
    say({
      direction: "out",
      author: { kind: "elsewhere", id: null, name: null },
      text: "Да, ждём",
      status: "sent",
    }),
    say({
      direction: "out",
      author: person,
      text: "Документы готовы",
      status: "failed",
      failure: {
        code: "payment_required",
        title: "Авито не принял сообщение: нет тарифа «Максимальный»",
        detail: null,
      },
    }),
    say({ text: "Тогда за 480 забираю сегодня" }),
  ];
  return [...yesterday, ...today];
}
