import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { initials, joinNames } from "@/lib/format";
import type { Present } from "../model/presence";
import classes from "./presence.module.css";

const shown = 2;

/** In a row: small marks of the colleagues who are in the conversation. */
export function RowPeople({ colleagues }: { colleagues: readonly Present[] }) {
  const { t, i18n } = useTranslation();
  const names = joinNames(
    colleagues.map(({ name }) => name),
    i18n.language,
  );
  const label = t("presence.viewing", { count: colleagues.length, names });
  return (
    <span className={classes.people} role="img" aria-label={label} title={label}>
      {colleagues.slice(0, shown).map(({ user_id: id, name, state }) => (
        <span key={id} className={classes.person} data-typing={state === "typing" || undefined}>
          {initials(name).charAt(0)}
        </span>
      ))}
    </span>
  );
}

/** In a row: "Ирина печатает…" in place of the last words. */
export function RowWords({
  colleagues,
  className,
  children,
}: {
  colleagues: readonly Present[];
  className: string | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const typing = colleagues.find(({ state }) => state === "typing");
  if (!typing) return <span className={className}>{children}</span>;
  return (
    <span className={className} data-typing>
      {t("presence.typing", { count: 1, names: typing.name })}
    </span>
  );
}
