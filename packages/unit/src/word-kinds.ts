import { isInteger } from "./is-integer.ts";
import { areWords, isBoolean, someOrAllBut, takes, type ValueKinds } from "./value-check.ts";

const mappings = new Set(
  (
    "private-anonymous shared-anonymous private-file-backed shared-file-backed elf-headers private-huge shared-huge " +
    "private-dax shared-dax all default"
  ).split(" "),
);

const namespaces = new Set("cgroup ipc net mnt pid time user uts".split(" "));

const syscall = /^(?:@[a-z-]+|[a-z_]\w*)$/;

/** Only what is forbidden has an error to return. */
const syscallAndError = /^(?:@[a-z-]+|[a-z_]\w*)(?::(?:E[A-Z\d]+|\d+|kill))?$/;

/** Kinds of values that are words of a list; which system calls, capabilities and errors there are is the kernel's. */
export const wordKinds: ValueKinds = {
  enum: (names) => takes(`one of ${names.join(", ")}`, (value) => names.includes(value)),
  boolean: (others) =>
    takes(
      others.length === 0 ? "a boolean: yes or no" : `a boolean or one of ${others.join(", ")}`,
      (value) => isBoolean(value) || others.includes(value),
    ),
  some: (names) => takes(`some of ${names.join(", ")}`, (value) => areWords(value, (word) => names.includes(word))),
  someornot: (names) => someOrAllBut(`some of ${names.join(", ")}`, (word) => names.includes(word)),
  delegate: (names) =>
    takes(
      `a boolean, or some of ${names.join(", ")}`,
      (value) => isBoolean(value) || areWords(value, (word) => names.includes(word)),
    ),
  namespaces: () => {
    const some = someOrAllBut(`a boolean, or some of ${[...namespaces].join(", ")}`, (word) => namespaces.has(word));
    return (value) => (isBoolean(value) ? undefined : some(value));
  },
  capabilities: () =>
    someOrAllBut('names of capabilities such as "CAP_NET_ADMIN"', (word) => /^cap_[a-z_]+$/i.test(word)),
  syscalls: () => {
    const what = 'system calls, or groups such as "@system-service"';
    const [some, allBut] = [syscall, syscallAndError].map((form) => someOrAllBut(what, (word) => form.test(word)));
    return (value) => (value.startsWith("~") ? allBut : some)?.(value);
  },
  errno: () =>
    takes(
      'an error such as "EPERM", or "kill"',
      (value) => /^(?:E[A-Z\d]+|kill)$/.test(value) || isInteger(value, 1, 4095),
    ),
  coredump: () =>
    takes(`a number in hexadecimal digits, or some of ${[...mappings].join(", ")}`, (value) =>
      areWords(value, (word) => mappings.has(word) || /^(?:0x)?[\da-f]+$/i.test(word)),
    ),
};
