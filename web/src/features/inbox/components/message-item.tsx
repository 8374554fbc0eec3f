import { memo } from "react";
import { ReceiptLine } from "@/components/ui/receipt-line";
import { knownType } from "../model/message-type";
import type { Message } from "../model/types";
import { ActivityMark } from "./activity-mark";
import { Bubble } from "./bubble";
import { HandoverCard } from "./handover-card";
import { NoteBubble } from "./note-bubble";
import { SystemMark } from "./system-mark";

export const MessageItem = memo(function MessageItem({ message }: { message: Message }) {
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
          <Bubble message={message} />
          {message.receipt && <ReceiptLine receipt={message.receipt} />}
        </>
      );
  }
});
