import { memo } from "react";
import { knownType } from "../model/message-type";
import type { Message } from "../model/types";
import { ActivityMark } from "./activity-mark";
import { Bubble } from "./bubble";
import { HandoverCard } from "./handover-card";
import { NoteBubble } from "./note-bubble";
import { ReceiptLine } from "./receipt-line";
import { SystemMark } from "./system-mark";

interface Props {
  message: Message;
  contactName: string;
}

export const MessageItem = memo(function MessageItem({ message, contactName }: Props) {
  switch (knownType(message.type)) {
    case "activity":
      return <ActivityMark message={message} />;
    case "handover":
      return <HandoverCard message={message} />;
    case "note":
      return <NoteBubble message={message} />;
    case "system":
      return <SystemMark message={message} />;
    default:
      return (
        <>
          <Bubble message={message} contactName={contactName} />
          {message.receipt && <ReceiptLine receipt={message.receipt} />}
        </>
      );
  }
});
