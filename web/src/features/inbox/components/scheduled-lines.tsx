import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { scheduledQuery } from "../api/scheduled";
import type { Conversation, Scheduled } from "../model/types";
import { ScheduledChange } from "./scheduled-change";
import { ScheduledLine } from "./scheduled-line";
import { StoppedLine } from "./stopped-line";

/** Above the field: what will leave later, and what did not leave because something came first. */
export function ScheduledLines({ conversation }: { conversation: Conversation }) {
  const { data } = useQuery(scheduledQuery(conversation.id));
  const [changed, setChanged] = useState<Scheduled | null>(null);
  if (!data || data.items.length === 0) return null;
  return (
    <>
      {data.items.map((scheduled) =>
        scheduled.state === "waiting" ? (
          <ScheduledLine
            key={scheduled.id}
            scheduled={scheduled}
            onChange={() => setChanged(scheduled)}
          />
        ) : (
          <StoppedLine key={scheduled.id} scheduled={scheduled} />
        ),
      )}
      <ScheduledChange scheduled={changed} onClose={() => setChanged(null)} />
    </>
  );
}
