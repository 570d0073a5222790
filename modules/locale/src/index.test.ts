import locale from "@modules/locale";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

describe("i18n", () => {
  test("writes the settings, and generates the locales that are not built in", () => {
    const host = defineModule({
      imports: [locale],
      config: (_, define) =>
        define({
          i18n: {
            defaultLocale: "C.UTF-8",
            extraLocaleSettings: { LC_TIME: "en_GB.UTF-8", LC_PAPER: "de_DE@euro" },
            supportedLocales: ["en_GB.UTF-8", "ja_JP.EUC-JP"],
          },
        }),
    });
    const { config, diagnostics } = evaluate({ modules: [host] });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc["default/locale"]?.text).toBe(
      "LANG=C.UTF-8\nLC_PAPER=de_DE@euro\nLC_TIME=en_GB.UTF-8\n",
    );
    expect(config.environment.etc["locale.gen"]).toMatchObject({
      text: "de_DE@euro ISO-8859-15\nen_GB.UTF-8 UTF-8\nja_JP.EUC-JP EUC-JP\n",
      takeOver: true,
    });
    expect(config.hooks["locale"]?.onChange).toEqual(["/etc/locale.gen"]);
  });

  test("needs nothing generated for a locale that is built in", () => {
    const host = defineModule({
      imports: [locale],
      config: (_, define) => define({ i18n: { defaultLocale: "C.UTF-8" } }),
    });
    expect(Object.keys(evaluate({ modules: [host] }).config.environment.etc)).toEqual(["default/locale"]);
  });

  test.each([
    ["en_US.utf8", 'Write "en_US.UTF-8"'],
    ["english", "Write a value of that type"],
    ["en_US.UTF-8\nX=1", "Write a value of that type"],
  ])("refuses %j", (name, fix) => {
    const host = defineModule({ imports: [locale], config: (_, define) => define({ i18n: { defaultLocale: name } }) });
    expect(evaluate({ modules: [host] }).diagnostics).toMatchObject([{ optionPath: ["i18n", "defaultLocale"], fix }]);
  });

  test("refuses a category that there is not", () => {
    const host = defineModule({
      imports: [locale],
      config: (_, define) => define({ i18n: { extraLocaleSettings: { LC_TIEM: "C" } } }),
    });
    expect(evaluate({ modules: [host] }).diagnostics).toMatchObject([
      { message: 'Cannot use "LC_TIEM" as the name of a locale category' },
    ]);
  });
});
