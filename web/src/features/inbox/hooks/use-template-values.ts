import { useMe } from "@/lib/current-user";
import { priceText } from "../model/price";
import type { TemplateValues } from "../model/template-text";
import type { Conversation } from "../model/types";

/** What this talk puts into a template. */
export function useTemplateValues({ contact, listing }: Conversation): TemplateValues {
  const { user, workspace } = useMe();
  return {
    имя: contact.name.trim().split(/\s+/)[0] ?? "",
    объявление: listing?.title ?? "",
    цена: listing ? (priceText(listing) ?? "") : "",
    ссылка: listing?.url ?? "",
    город: listing?.location ?? "",
    менеджер: user.name,
    компания: workspace.name,
  };
}
