export * from "@firn/format";
