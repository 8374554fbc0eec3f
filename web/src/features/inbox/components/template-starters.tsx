import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { tellFailure } from "@/lib/tell-failure";
import { useAddTemplates } from "../api/templates";

const names = ["hello", "price", "viewing", "delivery", "later"] as const;

/** A few templates to begin with, since most sellers are asked the same. */
export function TemplateStarters() {
  const { t } = useTranslation();
  const add = useAddTemplates();

  function addAll(): void {
    const starters = names.map((name) => ({
      shortcut: t(`templates.starter.${name}.shortcut`),
      title: t(`templates.starter.${name}.title`),
      text: t(`templates.starter.${name}.text`),
    }));
    add.mutate(starters, {
      onError: tellFailure,
    });
  }

  return (
    <Button loading={add.isPending} onClick={addAll}>
      {t("templates.addStarters", { count: names.length })}
    </Button>
  );
}
