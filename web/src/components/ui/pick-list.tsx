import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import classes from "./pick-list.module.css";

export interface Choice {
  value: string;
  label: string;
  /** Before the words: a colour, a face. */
  mark?: ReactNode;
  isOn?: boolean;
}

interface Props {
  label: string;
  placeholder: string;
  choices: readonly Choice[];
  nothing: string;
  onPick: (value: string) => void;
  onClose: () => void;
  /** Offers to make what was typed, if nothing is called so yet. */
  create?: { label: (words: string) => string; onCreate: (words: string) => void };
}

/** A list that is narrowed by typing and walked by the arrow keys. */
export function PickList({ label, placeholder, choices, nothing, onPick, onClose, create }: Props) {
  // The list stands in a window of its own: it is always open, and goes with the window.
  const combobox = useCombobox({
    opened: true,
    onOpenedChange: (isOpen) => {
      if (!isOpen) onClose();
    },
  });
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const found = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  const isNew = wanted !== "" && choices.every((choice) => choice.label.toLowerCase() !== wanted);

  function submit(value: string): void {
    if (value === "") create?.onCreate(words.trim());
    else onPick(value);
    setWords("");
  }

  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          autoFocus // the choices may come when the window has long placed the focus
          aria-label={label}
          placeholder={placeholder}
          value={words}
          maxLength={40}
          className={classes.search}
          onFocus={() => combobox.selectFirstOption()}
          onChange={({ currentTarget }) => {
            setWords(currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label={label} className={classes.options}>
        {found.map(({ value, label: name, mark, isOn }) => (
          <Combobox.Option
            key={value}
            value={value}
            active={isOn ?? false}
            className={classes.option}
          >
            {mark}
            <span className={classes.name}>{name}</span>
            {isOn && <IconCheck size={16} aria-hidden className={classes.check} />}
          </Combobox.Option>
        ))}
        {create && isNew && (
          <Combobox.Option value="" className={classes.option}>
            {create.label(words.trim())}
          </Combobox.Option>
        )}
        {found.length === 0 && !(create && isNew) && <Combobox.Empty>{nothing}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  );
}
