import { readActual } from "@firn/host-access";
import { describeHostAccess } from "@firn/host-access/testing";

describeHostAccess("readActual", readActual);
