import { Alert, Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { SettingsBlock, SettingsPane } from "@/components/ui/settings-pane";
import { TimeZoneSelect } from "@/components/ui/time-zone-select";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { useSaveWorkspace } from "../api/queries";
import classes from "./workspace-form.module.css";

/** The company's name and clock. */
export function WorkspaceForm() {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const save = useSaveWorkspace();
  const [changes, setChanges] = useState<{ name?: string; zone?: string }>({});
  const name = changes.name ?? workspace.name;
  const zone = changes.zone ?? workspace.time_zone;
  const isUnsaved = name.trim() !== workspace.name || zone !== workspace.time_zone;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isUnsaved || name.trim() === "" || save.isPending) return;
    save.mutate(
      { name: name.trim(), time_zone: zone },
      {
        onSuccess: () => {
          setChanges({});
          notifications.show({ message: t("workspace.saved") });
        },
      },
    );
  }

  return (
    <SettingsPane title={t("workspace.title")}>
      <SettingsBlock title={t("workspace.about")}>
        <form className={classes.form} onSubmit={submit} noValidate>
          {save.isError && (
            <Alert color="bad" variant="light" p="xs" role="alert">
              {t("workspace.notSaved")} {errorText(save.error)}
            </Alert>
          )}
          <TextInput
            className={classes.field}
            label={t("workspace.name")}
            description={t("workspace.nameHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            maxLength={200}
            value={name}
            onChange={(event) => setChanges({ ...changes, name: event.currentTarget.value })}
            error={name.trim() === "" && t("workspace.fillName")}
          />
          <TimeZoneSelect
            className={classes.field}
            description={t("workspace.timeZoneHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={zone}
            onChange={(next) => setChanges({ ...changes, zone: next })}
          />
          <Button
            type="submit"
            loading={save.isPending}
            aria-disabled={!isUnsaved}
            data-disabled={!isUnsaved || undefined}
          >
            {t("unsaved.save")}
          </Button>
        </form>
      </SettingsBlock>
      <LeaveGuard
        isUnsaved={isUnsaved && !save.isPending}
        title={t("workspace.leaveTitle")}
        text={t("workspace.leaveText")}
        onLeave={() => setChanges({})}
      />
    </SettingsPane>
  );
}
