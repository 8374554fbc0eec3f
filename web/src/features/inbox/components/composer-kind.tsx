import { useTranslation } from "react-i18next";
import classes from "./composer.module.css";

export type Kind = "reply" | "note";

/** Whether one writes to the customer or to one's own people. */
export function ComposerKind({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.kinds} aria-label={t("composer.kind")}>
      {(["reply", "note"] as const).map((value) => (
        <button
          key={value}
          type="button"
          className={classes.kind}
          aria-pressed={kind === value}
          onClick={() => onChange(value)}
        >
          {t(`composer.${value}`)}
        </button>
      ))}
    </fieldset>
  );
}
