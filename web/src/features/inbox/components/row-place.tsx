import { Checkbox } from "@mantine/core";
import { useLongPress } from "@mantine/hooks";
import { type MouseEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { useIsPhone } from "@/lib/viewport";
import type { Conversation, Mode } from "../model/types";
import { ConversationRow } from "./conversation-row";
import classes from "./row-place.module.css";
import { useSelection } from "./selection-context";

interface Props {
  conversation: Conversation;
  mode: Mode;
}

// A long touch chooses; the browser's own menu of a link would come instead.
function withoutMenu(event: MouseEvent): void {
  event.preventDefault();
}

/** A row with what chooses it: a box over the avatar, Shift and a click, a long touch. */
export function RowPlace({ conversation, mode }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const isPhone = useIsPhone();
  const { selection, toggle, extend } = useSelection();
  const { id, contact } = conversation;
  const isChoosing = selection?.mode === mode;
  const isChosen = isChoosing && selection.ids.has(id);
  const isLong = useRef(false);
  const choose = () => {
    isLong.current = true;
    toggle(mode, id);
  };
  const touch = useLongPress(choose, {
    events: ["touch"],
    threshold: 450,
    cancelOnMove: true,
  });

  function onClick(event: MouseEvent): void {
    if (isLong.current) {
      event.preventDefault(); // the finger that chose the row has left it
    } else if (event.shiftKey) {
      event.preventDefault();
      extend(mode, id);
    } else if (isPhone && isChoosing) {
      event.preventDefault();
      toggle(mode, id);
    }
  }

  if (!canWrite) return <ConversationRow conversation={conversation} isChosen={false} />;
  return (
    <div
      className={classes.place}
      data-choosing={isChoosing || undefined}
      data-chosen={isChosen || undefined}
    >
      <ConversationRow
        conversation={conversation}
        isChosen={isChosen}
        onClick={onClick}
        {...touch}
        onTouchStart={(event) => {
          isLong.current = false;
          touch.onTouchStart?.(event);
        }}
        {...(isPhone && { onContextMenu: withoutMenu })}
      />
      <Checkbox
        className={classes.box}
        size={isPhone ? "md" : "sm"}
        checked={isChosen}
        aria-label={t("bulk.select", { name: contact.name })}
        onClick={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          extend(mode, id);
        }}
        onChange={() => toggle(mode, id)}
      />
    </div>
  );
}
