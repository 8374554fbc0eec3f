import { useMantineColorScheme } from "@mantine/core";
import {
  CategoryNav,
  type EmojiDataLoader,
  Empty,
  List,
  LoadError,
  Loading,
  Panel,
  Root,
  Search,
  Viewport,
} from "emoji-picker-react/primitives";
import i18n from "i18next";
import { useTranslation } from "react-i18next";
import classes from "./emoji-panel.module.css";

const height = 340;

// The names by which one searches are in the language of the screen.
const loadRussian: EmojiDataLoader = async () =>
  (await import("emoji-picker-react/data/emojis-ru")).default;
const loadEnglish: EmojiDataLoader = async () =>
  (await import("emoji-picker-react/data/emojis-en")).default;

interface Props {
  onPick: (emoji: string) => void;
}

/** Loaded when the picker is first opened: it and its names are no small part. */
export function EmojiPanel({ onPick }: Props) {
  const { t } = useTranslation();
  const { colorScheme } = useMantineColorScheme();
  return (
    <Root
      appearance="default"
      className={classes.panel ?? ""}
      colorScheme={colorScheme}
      columns={8}
      style={{ height }}
      emojiData={i18n.language === "en" ? loadEnglish : loadRussian}
      labels={{
        searchPlaceholder: t("emoji.search"),
        searchLabel: t("emoji.searchLabel"),
        searchClear: t("emoji.clear"),
        searchResultsNone: t("emoji.none"),
        searchResultsOne: t("emoji.found"),
        searchResultsMany: t("emoji.foundMany"),
        categoryNavigation: t("emoji.categories"),
        loading: t("emoji.loading"),
        loadingError: t("emoji.failed"),
        retryLoading: t("common.retry"),
      }}
      onEmojiClick={({ emoji }) => onPick(emoji)}
    >
      <Panel>
        <Search />
        <CategoryNav />
        <Viewport>
          <List />
          <Empty />
          <Loading />
          <LoadError />
        </Viewport>
      </Panel>
    </Root>
  );
}
