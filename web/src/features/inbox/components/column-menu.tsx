import { Menu } from "@mantine/core";
import { IconFilter, IconSortDescending, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useIsPhone } from "@/lib/viewport";
import { tagsQuery } from "../api/tags";
import { type ColumnView, cleared, filtersOn } from "../model/column-view";
import type { Mode } from "../model/types";
import classes from "./column-menu.module.css";
import { TagDot } from "./tag-pill";

export interface AccountChoice {
  id: string;
  name: string;
}

interface Props {
  mode: Mode;
  view: ColumnView;
  onView: (view: ColumnView) => void;
  accounts: readonly AccountChoice[];
}

const assignees = ["all", "me", "none"] as const;
const sorts = ["activity", "waiting", "price"] as const;
const anyAccount = "any";
const anyTag = "any";

/** Narrows and sorts a column; says how many filters are on, and takes them off by one click. */
export function ColumnMenu({ mode, view, onView, accounts }: Props) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const crossWidth = useIsPhone() ? 32 : 24;
  const on = filtersOn(view);
  const isSorted = view.sort !== "activity";
  const Icon = isSorted ? IconSortDescending : IconFilter;
  const words = [
    t("inbox.view.name", { mode: t(`inbox.mode.${mode}`) }),
    on > 0 && t("inbox.view.on", { number: on }),
    isSorted && t(`inbox.view.sortIs.${view.sort}`),
  ];

  function clear(): void {
    onView(cleared(view));
    button.current?.focus(); // the cross is about to go
  }

  return (
    <div
      className={classes.filter}
      data-on={on > 0 || isSorted || undefined}
      data-cross={on > 0 || undefined}
    >
      <Menu
        position="bottom-end"
        // Under the whole chip, so that the menu stays where it is when the cross comes.
        offset={{ mainAxis: 8, crossAxis: on > 0 ? crossWidth : 0 }}
        width={250}
        closeOnItemClick={false}
        classNames={{ dropdown: classes.dropdown, item: classes.item }}
      >
        <Menu.Target>
          <button
            ref={button}
            type="button"
            className={classes.button}
            aria-label={words.filter(Boolean).join(", ")}
          >
            <Icon size={14} aria-hidden className={classes.icon} />
            <span className={classes.word}>{t("inbox.view.button")}</span>
            {on > 0 && <span className={classes.count}>{on}</span>}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Group label={t("inbox.view.only")}>
            <Menu.CheckboxItem
              checked={view.unread}
              onChange={(unread) => onView({ ...view, unread })}
            >
              {t("inbox.view.unread")}
            </Menu.CheckboxItem>
            <Menu.CheckboxItem
              checked={view.waiting}
              onChange={(waiting) => onView({ ...view, waiting })}
            >
              {t("inbox.view.waiting")}
            </Menu.CheckboxItem>
          </Group>
          {mode === "manager" && (
            <Group label={t("inbox.view.assignee")}>
              {assignees.map((value) => (
                <Menu.RadioItem
                  key={value}
                  value={value}
                  checked={(view.assignee ?? "all") === value}
                  onChange={() => onView({ ...view, assignee: value === "all" ? null : value })}
                >
                  {t(`inbox.view.assigneeIs.${value}`)}
                </Menu.RadioItem>
              ))}
            </Group>
          )}
          {(accounts.length > 1 || view.accountId !== null) && (
            <Group label={t("inbox.view.account")}>
              {[{ id: anyAccount, name: t("inbox.view.anyAccount") }, ...accounts].map(
                ({ id, name }) => (
                  <Menu.RadioItem
                    key={id}
                    value={id}
                    checked={(view.accountId ?? anyAccount) === id}
                    onChange={() => onView({ ...view, accountId: id === anyAccount ? null : id })}
                  >
                    {name}
                  </Menu.RadioItem>
                ),
              )}
            </Group>
          )}
          <TagGroup view={view} onView={onView} />
          <Group label={t("inbox.view.sort")}>
            {sorts.map((sort) => (
              <Menu.RadioItem
                key={sort}
                value={sort}
                checked={view.sort === sort}
                onChange={() => onView({ ...view, sort })}
              >
                {t(`inbox.view.sortIs.${sort}`)}
              </Menu.RadioItem>
            ))}
          </Group>
        </Menu.Dropdown>
      </Menu>
      {on > 0 && (
        <button
          type="button"
          className={classes.clear}
          aria-label={t("inbox.view.clear")}
          title={t("inbox.view.clear")}
          onClick={clear}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

function TagGroup({ view, onView }: Pick<Props, "view" | "onView">) {
  const { t } = useTranslation();
  const { data: tags = [] } = useQuery(tagsQuery());
  if (tags.length === 0 && view.tagId === null) return null;
  return (
    <Group label={t("inbox.view.tag")}>
      <Menu.RadioItem
        value={anyTag}
        checked={view.tagId === null}
        onChange={() => onView({ ...view, tagId: null })}
      >
        {t("inbox.view.anyTag")}
      </Menu.RadioItem>
      {tags.map(({ id, name, color }) => (
        <Menu.RadioItem
          key={id}
          value={id}
          checked={view.tagId === id}
          rightSection={<TagDot color={color} />}
          onChange={() => onView({ ...view, tagId: id })}
        >
          {name}
        </Menu.RadioItem>
      ))}
    </Group>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group} aria-label={label}>
      <Menu.Label aria-hidden>{label}</Menu.Label>
      {children}
    </fieldset>
  );
}
