export { explainedStr, type Explaining } from "./explained-str.ts";
export { type CheckName, nameChecked } from "./name-checked.ts";
export { concealed } from "./concealed.ts";
