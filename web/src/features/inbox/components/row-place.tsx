import { useLongPress } from "@mantine/hooks";
import { type MouseEvent as Click, memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RowSetting } from "../hooks/use-row-setting";
import type { Present } from "../model/presence";
import type { Conversation, Mode } from "../model/types";
import { ConversationRow } from "./conversation-row";
import classes from "./row-place.module.css";
import { useSelectionActs } from "./selection-context";

interface Props {
  conversation: Conversation;
  mode: Mode;
  setting: RowSetting;
  colleagues: readonly Present[];
  isChoosing: boolean;
  isChosen: boolean;
}

// A long touch chooses; the browser's own menu of a link would come instead.
function withoutMenu(event: Click): void {
  event.preventDefault();
}

/** A row with what chooses it: a box over the avatar, Shift and a click, a long touch. */
export const RowPlace = memo(function RowPlace(props: Props) {
  const { conversation, mode, setting, colleagues, isChoosing, isChosen } = props;
  const { t } = useTranslation();
  const { canWrite, isPhone } = setting;
  const { toggle, extend } = useSelectionActs();
  const { id, contact } = conversation;
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

  function onClick(event: Click): void {
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

  if (!canWrite) {
    return <ConversationRow {...{ conversation, setting, colleagues }} isChosen={false} />;
  }
  return (
    <div
      className={classes.place}
      data-choosing={isChoosing || undefined}
      data-chosen={isChosen || undefined}
    >
      <ConversationRow
        conversation={conversation}
        setting={setting}
        colleagues={colleagues}
        isChosen={isChosen}
        onClick={onClick}
        {...touch}
        onTouchStart={(event) => {
          isLong.current = false;
          touch.onTouchStart?.(event);
        }}
        {...(isPhone && { onContextMenu: withoutMenu })}
      />
      <label className={classes.box}>
        <input
          type="checkbox"
          className={classes.check}
          checked={isChosen}
          aria-label={t("bulk.select", { name: contact.name })}
          // React hears of a change by the click, which knows the Shift key; also by the label.
          onChange={({ nativeEvent }) => {
            const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
            (isRange ? extend : toggle)(mode, id);
          }}
        />
      </label>
    </div>
  );
});
