import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import ru from "./ru.json";

export const languages = ["ru", "en"] as const;
export type Language = (typeof languages)[number];

const storageKey = "besedka.language";

function chosenLanguage(): Language {
  return localStorage.getItem(storageKey) === "en" ? "en" : "ru";
}

async function loadCatalogue(language: Language): Promise<void> {
  if (language === "ru" || i18n.hasResourceBundle(language, "translation")) return;
  const { default: en } = await import("./en.json");
  i18n.addResourceBundle("en", "translation", en);
}

export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: "ru",
    fallbackLng: "ru",
    resources: { ru: { translation: ru } },
    interpolation: { escapeValue: false }, // React escapes
  });
  await changeLanguage(chosenLanguage());
}

export async function changeLanguage(language: Language): Promise<void> {
  await loadCatalogue(language);
  await i18n.changeLanguage(language);
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
}
