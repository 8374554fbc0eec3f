import { useTranslation } from "react-i18next";
import { joinNames } from "@/lib/format";
import { useColleagues } from "../hooks/use-presence";
import classes from "./presence.module.css";

/** "Ирина печатает…", "Павел смотрит этот чат": after the line of who answers. */
export function PresenceLine({ conversationId }: { conversationId: string }) {
  const { t, i18n } = useTranslation();
  const colleagues = useColleagues(conversationId);
  if (colleagues.length === 0) return null;
  const typing = colleagues.filter(({ state }) => state === "typing");
  const told = typing.length > 0 ? typing : colleagues;
  const names = joinNames(
    told.map(({ name }) => name),
    i18n.language,
  );
  const count = told.length;
  return (
    <>
      {". "}
      <span className={classes.line} role="status" data-typing={typing.length > 0 || undefined}>
        {typing.length > 0
          ? t("presence.typing", { count, names })
          : t("presence.viewing", { count, names })}
      </span>
    </>
  );
}
