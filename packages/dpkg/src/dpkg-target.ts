import type { PackageTarget } from "@firn/package-manager";
import { changeFunctions } from "./change-functions.ts";
import { renderChange, renderCheck, renderGiveBack, renderKeep, renderSweep, renderTakeBack } from "./change-lines.ts";
import { checkFunctions } from "./check-functions.ts";
import { fileNameOf } from "./file-name.ts";
import { giveBackFunctions } from "./give-back-functions.ts";
import { keepFunctions } from "./keep-functions.ts";
import { parseInstalled, renderQuery } from "./package-query.ts";
import { parseUsers, renderUsersQuery } from "./package-users.ts";
import { parseStarts, renderStartsQuery } from "./package-starts.ts";
import { placeFunctions } from "./place-functions.ts";
import { queryFunctions } from "./query-functions.ts";
import { repairFunctions } from "./repair-functions.ts";
import { sweepFunctions } from "./sweep-functions.ts";
import { serviceFunctions } from "./service-functions.ts";

/** Changes packages with apt-get and dpkg. In another root than "/" their own ones are run there, by chroot. */
export const dpkgTarget: PackageTarget = {
  renderQuery,
  parseInstalled,
  renderUsersQuery,
  parseUsers,
  renderStartsQuery,
  parseStarts,
  fileNameOf,
  functions: [
    placeFunctions,
    queryFunctions,
    serviceFunctions,
    keepFunctions,
    checkFunctions,
    repairFunctions,
    changeFunctions,
    giveBackFunctions,
    sweepFunctions,
  ].join("\n"),
  renderCheck,
  renderKeep,
  renderChange,
  renderGiveBack,
  renderTakeBack,
  renderSweep,
};
