import { Button, CloseButton, Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaneHead } from "@/components/ui/pane-head";
import { ReceiptLine } from "@/components/ui/receipt-line";
import { errorText } from "@/lib/error-text";
import { reasonText } from "@/lib/handover-reason";
import { useCreation } from "@/lib/use-creation";
import { listingsQuery, type Thought, tryAgent } from "../api/try-agent";
import { type TryLine, talkFor, unsavedInstructions } from "../model/try-talk";
import classes from "./try-chat.module.css";

/** A talk with the assistant in which one plays the buyer; nothing of it is kept. */
export function TryChat() {
  const { t } = useTranslation();
  const [lines, setLines] = useState<TryLine[]>([]);
  const [text, setText] = useState("");
  const [listing, setListing] = useState<string | null>(null);
  const listings = useQuery(listingsQuery());
  const talk = useRef(0); // a new one begins with each clearing
  const ask = useCreation({ mutationFn: tryAgent });

  function send(event: FormEvent | KeyboardEvent): void {
    event.preventDefault();
    const words = text.trim();
    if (words === "" || ask.isPending) return;
    const said: TryLine[] = [...lines, { author: "customer", text: words, thought: null }];
    const asked = talk.current;
    setLines(said);
    setText("");
    ask.mutate(
      { messages: talkFor(said), listingId: listing, instructions: unsavedInstructions() },
      {
        onSuccess: (thought) => {
          if (talk.current !== asked) return;
          setLines([
            ...said,
            { author: "agent", text: thought.text ?? thought.notice ?? "", thought },
          ]);
        },
        onError: () => {
          if (talk.current !== asked) return;
          setLines(lines);
          setText((typed) => (typed.trim() === "" ? words : `${words}\n${typed}`));
        },
      },
    );
  }

  function clear(): void {
    talk.current += 1;
    setLines([]);
    ask.reset();
  }

  return (
    <>
      <PaneHead title={t("try.tab")} note={t("try.note")}>
        {lines.length > 0 && (
          <CloseButton aria-label={t("try.clear")} title={t("try.clear")} onClick={clear} />
        )}
      </PaneHead>
      <div className={classes.talk} role="log" aria-label={t("try.title")}>
        {lines.length === 0 && <p className={classes.empty}>{t("try.empty")}</p>}
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
          <div key={at} className={classes.line} data-from={line.author}>
            {line.text !== "" && <div className={classes.bubble}>{line.text}</div>}
            {line.thought && <Why thought={line.thought} />}
          </div>
        ))}
        {ask.isPending && <p className={classes.thinking}>{t("try.thinking")}</p>}
      </div>
      <form className={classes.form} onSubmit={send}>
        {ask.isError && (
          <p className={classes.error} role="alert">
            {t("try.failed", { reason: errorText(ask.error) })}
          </p>
        )}
        {(listings.data?.length ?? 0) > 0 && (
          <Select
            aria-label={t("try.listing")}
            placeholder={t("try.noListing")}
            clearable
            searchable
            data={listings.data?.map(({ id, title }) => ({ value: id, label: title })) ?? []}
            value={listing}
            onChange={setListing}
          />
        )}
        <div className={classes.field}>
          <Textarea
            className={classes.text}
            aria-label={t("try.placeholder")}
            placeholder={t("try.placeholder")}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={4000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.shiftKey) send(event);
            }}
          />
          <Button type="submit" color="bot" loading={ask.isPending}>
            {t("try.ask")}
          </Button>
        </div>
      </form>
    </>
  );
}

function Why({ thought }: { thought: Thought }) {
  const { t } = useTranslation();
  if (thought.text != null) return <ReceiptLine receipt={thought.receipt} />;
  const reason = reasonText(thought.reason?.code) ?? thought.reason?.title ?? "";
  return (
    <div className={classes.why}>
      {t(thought.notice ? "try.wouldHandOver" : "try.noAnswer", { reason })}
    </div>
  );
}
