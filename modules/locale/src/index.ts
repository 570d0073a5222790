import { explainedStr, nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import hooks from "@modules/hooks";
import { defineModule, option, types } from "firn";

const locale = explainedStr({
  description: "name of a locale",
  check: (value) =>
    !/\.utf/i.test(value.replace(".UTF-8", "")) &&
    /^(?:C|POSIX|C\.UTF-8|[a-z]{2,3}(?:_[A-Z]{2})?(?:\.[A-Za-z0-9-]+)?(?:@[a-z]+)?)$/.test(value)
      ? undefined
      : 'A locale is named by language, country and character set, such as "de_DE.UTF-8"',
  advise: (value) => (/^[a-z]{2}_[A-Z]{2}\.utf-?8$/i.test(value) ? `Write "${value.slice(0, 5)}.UTF-8"` : undefined),
});

const categories = [
  "ADDRESS",
  "ALL",
  "COLLATE",
  "CTYPE",
  "IDENTIFICATION",
  "MEASUREMENT",
  "MESSAGES",
  "MONETARY",
  "NAME",
  "NUMERIC",
  "PAPER",
  "TELEPHONE",
  "TIME",
].map((name) => `LC_${name}`);

/** Language and country settings of the host. */
export default defineModule({
  name: "locale",
  imports: [files, hooks],
  options: {
    i18n: {
      defaultLocale: option({
        type: types.nullOr(locale),
        default: null,
        example: "en_US.UTF-8",
        description: "Locale of whoever sets none; null leaves that of the host",
      }),
      extraLocaleSettings: option({
        type: types.attrsOf(nameChecked(locale, { kind: "a locale category", check: checkCategory })),
        default: {},
        example: { LC_TIME: "en_GB.UTF-8" },
        description: "Locales for single categories",
      }),
      supportedLocales: option({
        type: types.listOf(locale),
        default: [],
        example: ["de_DE.UTF-8"],
        description: "Further locales that programs can use, beside those of the other options",
      }),
    },
  },
  config({ config }, define) {
    const { defaultLocale, extraLocaleSettings, supportedLocales } = config.i18n;
    const lines = [
      ...(defaultLocale === null ? [] : [`LANG=${defaultLocale}`]),
      ...Object.entries(extraLocaleSettings).map(([name, value]) => `${name}=${value}`),
    ].toSorted();
    if (lines.length > 0) {
      define({ environment: { etc: { "default/locale": realFile(lines) } } });
    }
    const needed = [defaultLocale ?? "C", ...Object.values(extraLocaleSettings), ...supportedLocales];
    const generated = [...new Set(needed.filter((name) => !isBuiltIn(name)).map(renderGenerated))].toSorted();
    if (generated.length === 0) return;
    define({
      environment: { etc: { "locale.gen": realFile(generated) } },
      // The program is in a package of its own, which a small host does not need to have.
      hooks: {
        locale: {
          run: "if command -v locale-gen >/dev/null; then locale-gen; fi",
          onChange: ["/etc/locale.gen"],
        },
      },
    });
  },
});

/** Files of the distribution, which programs read at boot. */
function realFile(lines: readonly string[]): { text: string; link: boolean; takeOver: boolean } {
  return { text: `${lines.join("\n")}\n`, link: false, takeOver: true };
}

/** Locales that the C library has without any data. */
function isBuiltIn(name: string): boolean {
  return ["C", "POSIX", "C.UTF-8"].includes(name);
}

/** Renders a line of locale.gen: the locale and its character set. */
function renderGenerated(name: string): string {
  const [, charset] = /\.([A-Za-z0-9-]+)/.exec(name) ?? [];
  return `${name} ${charset ?? (name.endsWith("@euro") ? "ISO-8859-15" : "ISO-8859-1")}`;
}

function checkCategory(name: string): string | undefined {
  return categories.includes(name) || name === "LANGUAGE" ? undefined : `The categories are ${categories.join(", ")}`;
}
