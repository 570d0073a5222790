/** What is known of a failure, beside its words. */
export interface FailureFacts {
  /** Whether it may be over when it is tried again. */
  readonly isPassing?: boolean;
  /** Whether the host did not answer at all, so that it is not asked for other files either. */
  readonly isUnreachable?: boolean;
  /** How long the server wants us to wait, in milliseconds. */
  readonly wait?: number;
  /** sha256 of what was there instead. */
  readonly found?: string;
  readonly cause?: unknown;
}

/** Says why an address did not give what it was asked for. */
export class FetchFailure extends Error {
  readonly isPassing: boolean;
  readonly isUnreachable: boolean;
  readonly wait: number | undefined;
  readonly found: string | undefined;

  /** @param reason a sentence without a full stop, to follow an address and a colon */
  constructor(reason: string, { cause, found, isPassing = false, isUnreachable = false, wait }: FailureFacts = {}) {
    super(reason, { cause });
    this.name = "FetchFailure";
    this.isPassing = isPassing;
    this.isUnreachable = isUnreachable;
    this.wait = wait;
    this.found = found;
  }
}

interface FailureKind {
  readonly codes: RegExp;
  readonly reason: string;
  readonly isPassing: boolean;
  readonly isUnreachable: boolean;
}

/** The first that fits counts. */
const kinds: readonly FailureKind[] = [
  unreachable(/^ENOTFOUND$/, "the host is not known", false),
  unreachable(/^EAI_/, "the name of the host could not be looked up", true),
  unreachable(/^ECONNREFUSED$/, "the host does not accept the connection", true),
  unreachable(/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, "there is no way to the host", true),
  unreachable(/^ETIMEDOUT$/, "the host does not answer", true),
  unreachable(/CERT|SELF_SIGNED|VERIFY|ISSUER|CRL/, "the certificate of the host is not trusted", false),
  {
    codes: /^(?:ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/,
    reason: "the connection broke off",
    isPassing: true,
    isUnreachable: false,
  },
  { codes: /^HPE_/, reason: "the answer is not HTTP", isPassing: false, isUnreachable: false },
  unreachable(/^EPROTO$|^ERR_(?:SSL|TLS)/, "the encrypted connection failed", false),
];

function unreachable(codes: RegExp, reason: string, isPassing: boolean): FailureKind {
  return { codes, reason, isPassing, isUnreachable: true };
}

/** Says in words what a connection failed with. */
export function describeConnectionError(thrown: unknown): FetchFailure {
  if (thrown instanceof FetchFailure) return thrown;
  const { code = "", message } = thrown as NodeJS.ErrnoException; // What node:http throws has a message, and mostly a code.
  const kind = kinds.find(({ codes }) => codes.test(code));
  if (kind === undefined) return new FetchFailure(message, { cause: thrown });
  return new FetchFailure(`${kind.reason} (${code})`, { ...kind, cause: thrown });
}

const longestWait = 60_000;

/** Says what a status other than success means. @param retryAfter the header of that name */
export function describeStatus(status: number, retryAfter: string | undefined): FetchFailure {
  const reason = `${reasons[status] ?? "the server failed to give it"} (status ${status})`;
  const wait = waitOf(retryAfter);
  // Whoever is sent away for longer asks the next address.
  const isPassing = (status >= 500 || status === 429 || status === 408) && (wait ?? 0) <= longestWait;
  return new FetchFailure(reason, { isPassing, ...(wait !== undefined && { wait }) });
}

const reasons: { readonly [status: number]: string } = {
  401: "the server wants to know who asks",
  403: "the server does not let us have it",
  404: "it is not there",
  407: "the proxy wants to know who asks",
  410: "it is no longer there",
  429: "the server is asked too often",
};

/** The header is a number of seconds, or a date. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined;
}
