import { Button, TextInput } from "@mantine/core";
import { IconCloudOff, IconFileText, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaneHead } from "@/components/ui/pane-head";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { type DocumentSummary, documentsQuery } from "../api/queries";
import classes from "./document-list.module.css";
import { DocumentRow } from "./document-row";
import { DocumentSkeletons } from "./document-skeletons";

/** Fewer are found by the eye. */
const manyDocuments = 8;

/** What the assistant answers from, besides the listings. */
export function DocumentList() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const documents = useQuery(documentsQuery());
  const count = documents.data?.length ?? 0;
  return (
    <>
      <PaneHead title={t("documents.title")} note={count > 0 ? formatNumber(count) : undefined}>
        {canSetUp && count > 0 && (
          <AddButton variant="light">
            <IconPlus size={17} aria-hidden />
          </AddButton>
        )}
      </PaneHead>
      <div className={classes.body}>
        {documents.data ? (
          <Found documents={documents.data} />
        ) : documents.isError ? (
          <StateMessage
            icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
            title={t("documents.notLoaded")}
            text={errorText(documents.error)}
          >
            <Button variant="default" onClick={() => void documents.refetch()}>
              {t("common.retry")}
            </Button>
          </StateMessage>
        ) : (
          <DocumentSkeletons />
        )}
      </div>
    </>
  );
}

function Found({ documents }: { documents: DocumentSummary[] }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const [words, setWords] = useState("");
  if (documents.length === 0) {
    return (
      <StateMessage
        icon={<IconFileText size={32} stroke={1.5} aria-hidden />}
        title={t("documents.none")}
        text={t("documents.noneText")}
      >
        {canSetUp && <AddButton variant="filled" />}
      </StateMessage>
    );
  }
  const wanted = words.trim().toLocaleLowerCase();
  const found = documents.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <p className={classes.lead}>{t("documents.lead")}</p>
      {documents.length > manyDocuments && (
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t("documents.search")}
          placeholder={t("documents.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <ul className={classes.rows} aria-label={t("documents.title")}>
        {found.map((document) => (
          <DocumentRow key={document.id} document={document} />
        ))}
      </ul>
      <p className={classes.nothing} role="status">
        {found.length === 0 && t("documents.notFound", { words: words.trim() })}
      </p>
    </>
  );
}

function AddButton({ variant, children }: { variant: string; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Button
      variant={variant}
      size="sm"
      leftSection={children}
      renderRoot={(props) => (
        <Link to="/settings/assistant" search={{ document: "new" }} {...props} />
      )}
    >
      {t("documents.add")}
    </Button>
  );
}
