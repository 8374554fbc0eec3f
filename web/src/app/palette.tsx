import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  spotlight,
} from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { KeyHint } from "@/components/ui/key-hint";
import { allLoaded } from "@/features/inbox/api/loaded-rows";
import { conversationQuery } from "@/features/inbox/api/queries";
import { useFoundTalks } from "@/features/inbox/api/search";
import { useActs } from "@/features/inbox/components/acts-context";
import { commandIcons } from "@/features/inbox/components/command-icons";
import { useCurrentTalkId } from "@/features/inbox/hooks/use-current-talk";
import { commandLabels, commandsFor, commandWords } from "@/features/inbox/model/command";
import { keyOf } from "@/features/inbox/model/keys";
import { priceText } from "@/features/inbox/model/price";
import type { Conversation } from "@/features/inbox/model/types";
import { useCanWrite, useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { includesRole } from "@/lib/roles";
import { useIsPhone } from "@/lib/viewport";
import classes from "./palette.module.css";
import { settingsSections } from "./routes/settings-sections";

const chatsShown = 30;

interface Props {
  onOpen: (conversationId: string) => void;
  onClose: () => void;
}

/** Everything that can be done from here, found by typing. */
export function Palette({ onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [openId] = useState(useCurrentTalkId());
  const groups = usePaletteGroups(openId);
  const found = useFoundTalks(words);
  const chats = useChats(words, found.talks, onOpen);
  const nothing = found.isAsking ? t("palette.searching") : t("palette.nothing");
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight
      actions={[...groups, { group: t("palette.chats"), actions: chats }]}
      query={words}
      onQueryChange={setWords}
      shortcut={null}
      onSpotlightClose={onClose}
      nothingFound={found.error ? errorText(found.error) : nothing}
      classNames={{ content: classes.content, actionsGroup: classes.group, action: classes.action }}
      attributes={{ content: { "aria-label": t("palette.open") } }}
      overlayProps={{ color: "#101512", backgroundOpacity: 0.38, blur: 0 }}
      maxHeight="min(420px, 70dvh)"
      scrollable
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t("palette.search"),
        "aria-label": t("palette.search"),
      }}
    />
  );
}

function usePaletteGroups(openId: string | null): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const router = useRouter();
  const acts = useActs();
  const canWrite = useCanWrite();
  const { user, role } = useMe();
  const { data: talk } = useQuery({ ...conversationQuery(openId ?? ""), enabled: openId !== null });

  const isPhone = useIsPhone();
  const key = (name: string | undefined) => !isPhone && <KeyHint of={name} />;

  const groups: SpotlightActionGroupData[] = [];
  if (talk && canWrite) {
    groups.push({
      group: t("palette.talk", { name: talk.contact.name }),
      actions: commandsFor(talk, user.id).map((command) => {
        const Picture = commandIcons[command];
        return {
          id: command,
          label: t(commandLabels[command]),
          keywords: commandWords[command],
          leftSection: <Picture size={20} stroke={1.7} aria-hidden />,
          rightSection: key(keyOf(command)),
          onClick: () => acts.run(command, [talk]),
        };
      }),
    });
  }
  groups.push({
    group: t("palette.go"),
    actions: [
      {
        id: "next-waiting",
        label: t("palette.next"),
        keywords: "next waiting следующий ждёт",
        leftSection: <IconArrowRight size={20} stroke={1.7} aria-hidden />,
        rightSection: key("N"),
        onClick: acts.openNextWaiting,
      },
      {
        id: "inbox",
        label: t("app.chats"),
        keywords: "inbox chats входящие чаты",
        leftSection: <IconArrowRight size={20} stroke={1.7} aria-hidden />,
        onClick: () => void router.navigate({ to: "/inbox" }),
      },
      ...settingsSections
        .filter((section) => includesRole(role, section.role))
        .map(({ path, label, icon: Picture }) => ({
          id: path,
          label: t(label),
          keywords: `${path} settings настройки`,
          leftSection: <Picture size={20} stroke={1.7} aria-hidden />,
          onClick: () => void router.navigate({ to: path }),
        })),
      {
        id: "keys",
        label: t("window.keys"),
        keywords: "keyboard shortcuts help клавиши справка",
        leftSection: <IconArrowRight size={20} stroke={1.7} aria-hidden />,
        rightSection: key("?"),
        onClick: acts.showKeys,
      },
    ],
  });
  return groups;
}

/** Those that the app holds by name and listing at once, then those that the server finds. */
function useChats(
  words: string,
  found: readonly Conversation[],
  onOpen: (conversationId: string) => void,
): SpotlightActionData[] {
  const client = useQueryClient();
  const [loaded] = useState(() => allLoaded(client));
  const wanted = words.trim().toLowerCase();
  const held = firstOf(loaded, (talk) =>
    `${talk.contact.name}\n${describe(talk)}`.toLowerCase().includes(wanted),
  );
  const ids = new Set(held.map(({ id }) => id));
  const others = found.filter(({ id }) => !ids.has(id));
  return [...held, ...others].map((talk) => ({
    id: talk.id,
    label: talk.contact.name,
    description: describe(talk),
    // What was said or a number found it: it holds none of the words itself.
    ...(!ids.has(talk.id) && { keywords: wanted }),
    leftSection: (
      <ContactAvatar
        name={talk.contact.name}
        imageUrl={talk.contact.avatar_url}
        channel={talk.channel.kind}
      />
    ),
    onClick: () => onOpen(talk.id),
  }));
}

function describe({ listing }: Conversation): string {
  return [listing?.title, listing && priceText(listing)].filter(Boolean).join(" · ");
}

/** As many as are shown; whoever types waits for no more. */
function firstOf(
  talks: readonly Conversation[],
  isWanted: (talk: Conversation) => boolean,
): Conversation[] {
  const first: Conversation[] = [];
  for (const talk of talks) {
    if (first.length === chatsShown) break;
    if (isWanted(talk)) first.push(talk);
  }
  return first;
}
