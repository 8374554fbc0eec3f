import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
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
import { useActs } from "@/features/inbox/components/acts-context";
import { commandIcons } from "@/features/inbox/components/command-icons";
import { useCurrentTalkId } from "@/features/inbox/hooks/use-current-talk";
import { commandLabels, commandsFor, commandWords } from "@/features/inbox/model/command";
import { keyOf } from "@/features/inbox/model/keys";
import { priceText } from "@/features/inbox/model/price";
import { useCanWrite, useMe } from "@/lib/current-user";
import { includesRole } from "@/lib/roles";
import { useIsPhone } from "@/lib/viewport";
import classes from "./palette.module.css";
import { settingsSections } from "./routes/settings-sections";

const chatsShown = 30;

interface Props {
  onClose: () => void;
}

/** Everything that can be done from here, found by typing. */
export function Palette({ onClose }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [openId] = useState(useCurrentTalkId());
  const groups = usePaletteGroups(openId);
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight
      actions={groups}
      query={words}
      onQueryChange={setWords}
      shortcut={null}
      onSpotlightClose={onClose}
      nothingFound={t("palette.nothing")}
      limit={chatsShown}
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
  const client = useQueryClient();
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
  groups.push({
    group: t("palette.chats"),
    actions: allLoaded(client).map(({ id, contact, listing, channel }) => ({
      id,
      label: contact.name,
      description: [listing?.title, listing && priceText(listing)].filter(Boolean).join(" · "),
      leftSection: (
        <ContactAvatar name={contact.name} imageUrl={contact.avatar_url} channel={channel.kind} />
      ),
      onClick: () =>
        void router.navigate({
          to: "/inbox/$conversationId",
          params: { conversationId: id },
        }),
    })),
  });
  return groups;
}
