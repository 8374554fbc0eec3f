import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import { type ColorTokens, darkTokens, lightTokens } from "./tokens";

const roles = ["brand", "bot", "wait", "bad"] as const;
type Role = (typeof roles)[number];

function isRole(color: unknown): color is Role {
  return roles.some((role) => role === color);
}

// Mantine wants ten shades; the two that it shows are the token of each scheme.
function shades(role: Role): MantineColorsTuple {
  const light = lightTokens[role];
  const dark = darkTokens[role];
  const soft = lightTokens[`${role}-soft`];
  return [soft, soft, soft, dark, dark, dark, light, light, light, light];
}

const variantColorResolver: VariantColorsResolver = (input) => {
  const color = input.color ?? input.theme.primaryColor;
  if (!isRole(color)) return defaultVariantColorsResolver(input);
  const main = `var(--${color})`;
  const soft = `var(--${color}-soft)`;
  const transparentBorder = "1px solid transparent";
  switch (input.variant) {
    case "filled":
      return {
        background: main,
        hover: `color-mix(in srgb, ${main} 88%, var(--text))`,
        color: `var(--on-${color})`,
        border: transparentBorder,
      };
    case "light":
      return {
        background: soft,
        hover: `color-mix(in srgb, ${soft} 85%, ${main})`,
        color: main,
        border: transparentBorder,
      };
    case "outline":
      return {
        background: "var(--panel)",
        hover: soft,
        color: main,
        border: `1px solid color-mix(in srgb, ${main} 35%, var(--line))`,
      };
    case "transparent":
      return { background: "transparent", hover: "transparent", color: main, border: "none" };
    case "subtle":
      return { background: "transparent", hover: soft, color: main, border: transparentBorder };
    default:
      return defaultVariantColorsResolver(input);
  }
};

// Warm, as the tokens are; the library's own greys are blue.
const gray: MantineColorsTuple = [
  "#fafbf9",
  "#f6f7f5",
  "#ecefea",
  "#e4e7e2",
  "#d3d8d2",
  "#b3bbb5",
  "#69736c",
  "#59635c",
  "#3f4742",
  "#1c211d",
];
const dark: MantineColorsTuple = [
  "#e8ece9",
  "#a3ada7",
  "#8b968f",
  "#59635c",
  "#3a423d",
  "#2a302c",
  "#232825",
  "#191d1a",
  "#161a17",
  "#121513",
];

const overlayProps = { color: "#101512", backgroundOpacity: 0.38 };
const windowStyles = {
  // On a dark page the shade around a window is not darker than the window itself.
  content: { background: "var(--panel)", border: "1px solid var(--line)" },
  header: { background: "var(--panel)" },
  title: { fontSize: 15, fontWeight: 600 },
};

export const theme = createTheme({
  colors: {
    gray,
    dark,
    brand: shades("brand"),
    bot: shades("bot"),
    wait: shades("wait"),
    bad: shades("bad"),
  },
  primaryColor: "brand",
  primaryShade: { light: 7, dark: 4 },
  black: lightTokens.text,
  variantColorResolver,
  fontFamily:
    '"Golos Text Variable", system-ui, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "15px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.45", lg: "1.45", xl: "1.3" },
  headings: { fontWeight: "600" },
  radius: { xs: "4px", sm: "8px", md: "10px", lg: "12px", xl: "14px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Menu: {
      defaultProps: {
        transitionProps: { duration: 120 },
        shadow: "md",
        // What it puts before the items is no menu item, which screen readers trip over.
        withInitialFocusPlaceholder: false,
      },
    },
    InputWrapper: {
      styles: {
        label: { marginBottom: 4, fontWeight: 500 },
        description: { fontSize: 13 },
        error: { fontSize: 13, marginTop: 4 },
      },
    },
    SegmentedControl: {
      defaultProps: { transitionDuration: 150 },
      vars: () => ({ root: { "--sc-color": "var(--panel)" } }),
      styles: { root: { background: "var(--line)" } },
    },
    Modal: {
      defaultProps: { transitionProps: { duration: 150 }, centered: true, overlayProps },
      styles: windowStyles,
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 160 }, overlayProps },
      styles: windowStyles,
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 120 } } },
  },
});

function schemeVariables(tokens: ColorTokens): Record<string, string> {
  const variables: Record<string, string> = {
    "--mantine-color-body": tokens.bg,
    "--mantine-color-text": tokens.text,
    "--mantine-color-bright": tokens.text,
    "--mantine-color-dimmed": tokens.muted,
    "--mantine-color-placeholder": tokens.faint,
    "--mantine-color-error": tokens.bad,
    // What the menu takes for an item that warns, in either scheme.
    "--mantine-color-bad-6": tokens.bad,
    "--mantine-color-anchor": tokens.brand,
    "--mantine-color-default": tokens.panel,
    "--mantine-color-default-hover": tokens["panel-2"],
    "--mantine-color-default-color": tokens.text,
    "--mantine-color-default-border": tokens.line,
    "--mantine-color-disabled": tokens.bg,
    "--mantine-color-disabled-color": tokens.faint,
    "--mantine-color-disabled-border": tokens.line,
    "--mantine-primary-color-contrast": tokens["on-brand"],
  };
  for (const [name, value] of Object.entries(tokens)) variables[`--${name}`] = value;
  for (const role of roles) {
    variables[`--mantine-color-${role}-filled`] = tokens[role];
    variables[`--mantine-color-${role}-light`] = tokens[`${role}-soft`];
    variables[`--mantine-color-${role}-light-color`] = tokens[role];
    variables[`--mantine-color-${role}-outline`] = tokens[role];
    variables[`--mantine-color-${role}-text`] = tokens[role];
  }
  return variables;
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { "--mantine-line-height": "1.45" },
  light: schemeVariables(lightTokens),
  dark: schemeVariables(darkTokens),
});
