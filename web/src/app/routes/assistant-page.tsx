import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AgentSettings } from "@/features/agent/components/agent-settings";
import { TryChat } from "@/features/agent/components/try-chat";
import { DocumentEditor } from "@/features/knowledge/components/document-editor";
import { DocumentList } from "@/features/knowledge/components/document-list";
import { useCanSetUp } from "@/lib/current-user";
import classes from "./assistant-page.module.css";

type Tab = "documents" | "settings" | "try";

export function AssistantPage() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const navigate = useNavigate({ from: "/settings/assistant" });
  const { document, tab = "documents" } = useSearch({ from: "/app/settings/assistant" });

  function showTab(next: Tab): void {
    void navigate({
      replace: true,
      search: (known) => ({ ...known, tab: next === "documents" ? undefined : next }),
    });
  }

  function closeDocument(isDone: boolean): void {
    void navigate({
      ignoreBlocker: isDone,
      search: (known) => ({ ...known, document: undefined }),
    });
  }

  return (
    <main className={classes.page}>
      <VisuallyHidden component="h2">{t("settings.assistant")}</VisuallyHidden>
      {!canSetUp && <p className={classes.note}>{t("assistant.readOnly")}</p>}
      <SegmentedControl
        classNames={{ root: classes.tabs, label: classes.tab }}
        fullWidth
        aria-label={t("assistant.panes")}
        value={tab}
        onChange={showTab}
        data={[
          { value: "documents", label: t("documents.title") },
          { value: "settings", label: t("agent.settings") },
          ...(canSetUp ? [{ value: "try" as const, label: t("try.tab") }] : []),
        ]}
      />
      {/* All stay mounted: what is typed in one survives a look at another. */}
      <div className={classes.panes} data-tab={tab}>
        <section className={classes.documents} aria-label={t("documents.title")}>
          {document === undefined ? (
            <DocumentList />
          ) : (
            <DocumentEditor
              key={document}
              id={document === "new" ? null : document}
              onClose={() => closeDocument(false)}
              onDone={() => closeDocument(true)}
            />
          )}
        </section>
        <div className={classes.beside}>
          {canSetUp && (
            <SegmentedControl
              classNames={{ root: classes.switch }}
              fullWidth
              aria-label={t("assistant.panes")}
              value={tab === "try" ? "try" : "settings"}
              onChange={showTab}
              data={[
                { value: "settings", label: t("agent.settings") },
                { value: "try", label: t("try.tab") },
              ]}
            />
          )}
          <section className={classes.settings} aria-label={t("agent.settings")}>
            <AgentSettings />
          </section>
          {canSetUp && (
            <section className={classes.try} aria-label={t("try.title")}>
              <TryChat />
            </section>
          )}
        </div>
      </div>
    </main>
  );
}
