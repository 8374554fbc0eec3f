import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Me, useCanWrite, useMe } from "@/lib/current-user";
import { useMinute } from "@/lib/minute-clock";
import { useIsPhone } from "@/lib/viewport";
import { tagsQuery } from "../api/tags";
import type { Tag } from "../model/types";

/** What all rows of a list know beside their talk. Asked for once: a list draws hundreds a second. */
export interface RowSetting {
  me: Me;
  canWrite: boolean;
  isPhone: boolean;
  now: Date;
  tags: readonly Tag[];
}

const none: readonly Tag[] = [];

export function useRowSetting(): RowSetting {
  const me = useMe();
  const canWrite = useCanWrite();
  const isPhone = useIsPhone();
  const now = useMinute();
  const { data: tags = none } = useQuery(tagsQuery());
  const time = now.getTime();
  return useMemo(
    () => ({ me, canWrite, isPhone, now: new Date(time), tags }),
    [me, canWrite, isPhone, time, tags],
  );
}
