import { Anchor, Combobox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCanSetUp } from "@/lib/current-user";
import type { TemplateList } from "../hooks/use-template-list";
import { fillTemplate } from "../model/template-text";
import classes from "./template-options.module.css";

/** What a slash offers. */
export function TemplateOptions({ list }: { list: TemplateList }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  return (
    <Combobox.Dropdown className={classes.dropdown}>
      <Combobox.Options aria-label={t("templates.title")} className={classes.options}>
        {list.found.map(({ id, shortcut, title, text }) => (
          <Combobox.Option key={id} value={id} className={classes.option}>
            <span className={classes.line}>
              <span className={classes.title}>{title}</span>
              <span className={classes.shortcut}>/{shortcut}</span>
            </span>
            <span className={classes.text}>{fillTemplate(text, list.values)}</span>
          </Combobox.Option>
        ))}
      </Combobox.Options>
      {list.isEmpty && (
        <Combobox.Empty>
          {t("templates.none")}{" "}
          {canSetUp ? (
            <Anchor component={Link} to="/settings/templates" inherit underline="always">
              {t("templates.addFirst")}
            </Anchor>
          ) : (
            t("templates.askAdmin")
          )}
        </Combobox.Empty>
      )}
    </Combobox.Dropdown>
  );
}
