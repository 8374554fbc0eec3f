import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { matchesZone, timeZoneOptions } from "@/lib/time-zones";

interface Props extends Omit<SelectProps, "data" | "value" | "onChange"> {
  value: string;
  onChange: (zone: string) => void;
}

export function TimeZoneSelect({ value, onChange, ...select }: Props) {
  const { t, i18n } = useTranslation();
  const options = useMemo(() => timeZoneOptions(i18n.language, value), [i18n.language, value]);
  return (
    <Select
      label={t("workspace.timeZone")}
      searchable
      allowDeselect={false}
      maxDropdownHeight={280}
      nothingFoundMessage={t("workspace.noTimeZone")}
      filter={({ search }) => options.filter((option) => matchesZone(option, search))}
      data={options}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      {...select}
    />
  );
}
