export { type Fetched, fetchContents, type FetchOptions, type Patience } from "./fetch-contents.ts";
export type { WantedContent } from "./content-fetch.ts";
export { HttpClient, type HttpClientOptions, type HttpRequest } from "./http-client.ts";
export {
  askAuthorized,
  type Authority,
  type AuthorizedRequest,
  followRedirects,
  type RefusedRequest,
} from "./follow-redirects.ts";
export { describeStatus, FetchFailure } from "./fetch-failure.ts";
export { discardBody } from "./receive-body.ts";
export { readShortBody } from "./read-short-body.ts";
export { type Environment, isLoopback } from "./find-proxy.ts";
export { renderBasic } from "./basic-header.ts";
export { showAddress, showWords } from "./shown-address.ts";
export { type Workers, workThrough } from "./work-through.ts";
