export { describeHostAccess, type HostReader } from "./host-access-contract.ts";
