export { ArchiveServer, type ServerFault } from "./archive-server.ts";
export { SigningKey } from "./signing-key.ts";
export { type Publication, TestArchive } from "./test-archive.ts";
export { buildTestPackage, type TestPackage } from "./test-package.ts";
