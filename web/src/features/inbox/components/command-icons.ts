import {
  type Icon,
  IconArchive,
  IconArrowBackUp,
  IconBellRinging,
  IconClock,
  IconHandStop,
  IconMail,
  IconPin,
  IconPinnedOff,
  IconRobot,
  IconTag,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Command } from "../model/command";

export const commandIcons: Record<Command, Icon> = {
  "take-over": IconHandStop,
  "return-to-bot": IconRobot,
  close: IconArchive,
  reopen: IconArrowBackUp,
  assign: IconUserPlus,
  snooze: IconClock,
  unsnooze: IconBellRinging,
  tags: IconTag,
  unread: IconMail,
  pin: IconPin,
  unpin: IconPinnedOff,
};
