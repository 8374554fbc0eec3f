import { Button, Skeleton, Stack, TextInput } from "@mantine/core";
import { IconCloudOff, IconMessageBolt, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SettingsPane } from "@/components/ui/settings-pane";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { templatesQuery } from "../api/templates";
import { searchTemplates } from "../model/template-search";
import type { Template } from "../model/types";
import { TemplateForm } from "./template-form";
import { TemplateRow } from "./template-row";
import { TemplateStarters } from "./template-starters";
import classes from "./templates.module.css";

/** The company's reply templates. */
export function Templates() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const { data: templates, error, refetch } = useQuery(templatesQuery());
  const [wanted, setWanted] = useState("");
  const [edited, setEdited] = useState<Template | "new" | null>(null);
  const found = templates ? searchTemplates(templates, wanted) : [];
  return (
    <SettingsPane
      title={t("templates.title")}
      note={templates && formatNumber(templates.length)}
      acts={
        canSetUp && (
          <Button
            variant="light"
            leftSection={<IconPlus size={17} aria-hidden />}
            onClick={() => setEdited("new")}
          >
            {t("templates.add")}
          </Button>
        )
      }
    >
      {error && !templates && (
        <StateMessage
          icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
          title={t("templates.notLoaded")}
          text={errorText(error)}
        >
          <Button variant="default" onClick={() => void refetch()}>
            {t("common.retry")}
          </Button>
        </StateMessage>
      )}
      {!templates && !error && (
        <Stack gap={14} pt={24} aria-busy>
          <Skeleton height={52} />
          <Skeleton height={52} />
        </Stack>
      )}
      {templates?.length === 0 && (
        <StateMessage
          icon={<IconMessageBolt size={32} stroke={1.5} aria-hidden />}
          title={t("templates.none")}
          text={t("templates.noneText")}
        >
          {canSetUp && <TemplateStarters />}
        </StateMessage>
      )}
      {templates && templates.length > 0 && (
        <>
          <p className={classes.lead}>{t("templates.lead")}</p>
          <TextInput
            leftSection={<IconSearch size={16} aria-hidden />}
            aria-label={t("templates.search")}
            placeholder={t("templates.search")}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <ul className={classes.rows} aria-label={t("templates.title")}>
            {found.map((template) => (
              <TemplateRow
                key={template.id}
                template={template}
                onEdit={canSetUp ? () => setEdited(template) : null}
              />
            ))}
          </ul>
          {found.length === 0 && <p className={classes.lead}>{t("templates.notFound")}</p>}
        </>
      )}
      <TemplateForm template={edited} onClose={() => setEdited(null)} />
    </SettingsPane>
  );
}
