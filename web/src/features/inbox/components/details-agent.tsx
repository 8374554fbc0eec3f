import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import { agentStandingQuery } from "../api/details";
import { useChannelKind } from "../hooks/use-channel-name";
import { silenceOf } from "../model/agent-standing";
import { priceText } from "../model/price";
import type { AgentStanding, Conversation } from "../model/types";
import classes from "./details-agent.module.css";
import panel from "./details-panel.module.css";
import { DetailsSection } from "./details-section";
import { DetailsTurns } from "./details-turns";

/** Whether the agent would answer now, why not, from what, and how its last turns ended. */
export function DetailsAgent({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { data: standing, isError } = useQuery(agentStandingQuery(conversation.id));
  return (
    <DetailsSection title={t("details.agent.title")}>
      {isError && !standing && <p className={panel.none}>{t("details.agent.notLoaded")}</p>}
      {!isError && !standing && <Skeleton height={34} radius={8} />}
      {standing && (
        <>
          <Verdict standing={standing} conversation={conversation} />
          <Knowledge standing={standing} conversation={conversation} />
        </>
      )}
      <DetailsTurns id={conversation.id} />
    </DetailsSection>
  );
}

interface Props {
  standing: AgentStanding;
  conversation: Conversation;
}

function Verdict({ standing, conversation }: Props) {
  const { t } = useTranslation();
  const channel = useChannelKind(conversation);
  const isClosed = conversation.status === "closed";
  if (standing.would_answer) {
    return (
      <p className={classes.verdict}>
        <Dot of="bot" />
        {t(isClosed ? "details.agent.wouldAnswerReopened" : "details.agent.wouldAnswer")}
      </p>
    );
  }
  return (
    <>
      <p className={classes.verdict}>
        <Dot of="waiting" />
        {t(isClosed ? "details.agent.wouldNotReopened" : "details.agent.wouldNot")}
      </p>
      <ul className={classes.reasons}>
        {standing.reasons.map((reason) => {
          const silence = silenceIn(reason, isClosed);
          return (
            <li key={reason}>
              {t(`details.agent.silence.${silence}`, {
                channel,
                count: standing.replies_in_a_row,
                code: reason,
              })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A closed talk is opened before it can be returned to the bot. */
function silenceIn(reason: string, isClosed: boolean) {
  const silence = silenceOf(reason);
  return silence === "with_person" && isClosed ? "with_person_closed" : silence;
}

function Knowledge({ standing, conversation }: Props) {
  const { t } = useTranslation();
  const { documents, enabled_documents: enabled } = standing;
  const listing = standing.listing && conversation.listing;
  const facts = listing
    ? [listing.title, priceText(listing), listing.location].filter(Boolean).join(", ")
    : null;
  return (
    <dl className={classes.knows}>
      <dt>{t("details.agent.fromListing")}</dt>
      <dd>{facts ?? t("details.agent.noListing")}</dd>
      <dt>{t("details.agent.fromDocuments")}</dt>
      <dd>
        {documents.length === 0 ? (
          <Link to="/settings/assistant" className={panel.inline}>
            {enabled > 0
              ? t("details.agent.documentsUnused", { count: enabled })
              : t("details.agent.noDocuments")}
          </Link>
        ) : (
          <ul className={classes.documents}>
            {documents.map((document) => (
              <li key={document.id} title={document.quote}>
                {document.exists ? (
                  <Link
                    to="/settings/assistant"
                    search={{ document: document.id }}
                    className={panel.inline}
                  >
                    {document.title}
                  </Link>
                ) : (
                  document.title
                )}
                {!document.exists && <small> {t("details.agent.documentGone")}</small>}
                {document.exists && !document.enabled && (
                  <small> {t("details.agent.documentOff")}</small>
                )}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}
