export { dpkgTarget } from "./dpkg-target.ts";
export { reverseChange } from "./reverse-change.ts";
