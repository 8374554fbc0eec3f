import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SettingsBlock, SettingsPane } from "@/components/ui/settings-pane";
import { errorText } from "@/lib/error-text";
import { whoAmIQuery } from "../api/queries";
import classes from "./developer.module.css";
import { EmulateForm } from "./emulate-form";
import { ResetForm } from "./reset-form";
import { SeedForm } from "./seed-form";

/** Filling a company with talks, playing a buyer, emptying it again. */
export function Developer() {
  const { t } = useTranslation();
  return (
    <SettingsPane title={t("developer.title")} note="BESEDKA_DEV_MODE">
      <SettingsBlock title={t("developer.seed")} text={t("developer.seedText")}>
        <SeedForm />
      </SettingsBlock>
      <SettingsBlock title={t("developer.emulate")} text={t("developer.emulateText")}>
        <EmulateForm />
      </SettingsBlock>
      <SettingsBlock title={t("developer.who")}>
        <WhoAmI />
      </SettingsBlock>
      <SettingsBlock title={t("developer.reset")} text={t("developer.resetText")}>
        <ResetForm />
      </SettingsBlock>
    </SettingsPane>
  );
}

function WhoAmI() {
  const { t } = useTranslation();
  const who = useQuery(whoAmIQuery());
  if (who.isError) return <p className={classes.problem}>{errorText(who.error)}</p>;
  if (!who.data) return null;
  const { email, role, user_id, workspace, workspace_id, database, channel, version } = who.data;
  const facts = [
    [t("developer.user"), `${email}, ${t(`user.role.${role}`)}, ${user_id}`],
    [t("developer.workspace"), `${workspace}, ${workspace_id}`],
    [t("developer.server"), `${version}, ${database}`],
    [t("developer.channel"), channel],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
