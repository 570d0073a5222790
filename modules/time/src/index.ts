import { explainedStr } from "@modules/explained-types";
import files from "@modules/files";
import hooks from "@modules/hooks";
import { defineModule, option, types } from "firn";

/** Rules for names of the tz database: https://data.iana.org/time-zones/theory.html#naming */
const part = "[A-Za-z][A-Za-z0-9_+-]{0,29}";

const zone = explainedStr({
  description: "name of a time zone",
  check: (value) =>
    new RegExp(`^${part}(?:/${part})*$`).test(value)
      ? undefined
      : 'A time zone is named as in the tz database, such as "Europe/Berlin" or "UTC"',
  advise: (value) => (value.includes(" ") ? `Write ${JSON.stringify(value.trim().replaceAll(" ", "_"))}` : undefined),
});

/** Time zone of the host. */
export default defineModule({
  name: "time",
  imports: [files, hooks],
  options: {
    time: {
      timeZone: option({
        type: types.nullOr(zone),
        default: null,
        example: "Europe/Berlin",
        description: "Time zone, by its name in the tz database; null leaves that of the host",
      }),
    },
  },
  config({ config }, define) {
    const { timeZone } = config.time;
    if (timeZone === null) return;
    const data = `/usr/share/zoneinfo/${timeZone}`;
    define({
      environment: {
        etc: {
          localtime: { to: data, takeOver: true },
          timezone: { text: `${timeZone}\n`, link: false, takeOver: true },
        },
      },
      // Without the data the host would be in UTC, and nothing would say so.
      checks: { before: { "time-zone": { run: `test -e ${data}` } } },
    });
  },
});
