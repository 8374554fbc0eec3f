import { useTranslation } from "react-i18next";
import classes from "./composer.module.css";

interface Props {
  isNote: boolean;
  onChange: (isNote: boolean) => void;
}

/** Whether one writes to the customer or to one's own people. */
export function ComposerKind({ isNote, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.kinds} aria-label={t("composer.kind")}>
      {(["reply", "note"] as const).map((value) => (
        <button
          key={value}
          type="button"
          className={classes.kind}
          aria-pressed={isNote === (value === "note")}
          onClick={() => onChange(value === "note")}
        >
          {t(`composer.${value}`)}
        </button>
      ))}
    </fieldset>
  );
}
