import { NameServerDataParseError } from "../../errors.ts";
import { parseProperties } from "../../model/properties.ts";
import { ResponseCode } from "../../protocol/codes.ts";
import { textBody } from "../answer.ts";
import type { Handler } from "./handler.ts";

// Java reads Properties as ISO 8859-1: what is not ASCII has to be escaped, or arrives garbled.
const LATIN_1 = new TextDecoder("latin1");

/** UPDATE_NAMESRV_CONFIG (318). */
export const updateConfig: Handler = ({ config, emulation }, { command: { body } }) => {
  const settings = readSettings(body);
  if (settings === undefined) return { code: ResponseCode.SYSTEM_ERROR, remark: "string2Properties error" };
  if (Object.keys(settings).some((name) => config.isProtected(name))) {
    return {
      code: ResponseCode.NO_PERMISSION,
      remark: emulation.isV5 ? "Can not update config in black list." : "Can not update config path",
    };
  }
  config.update(settings);
  return {};
};

/** GET_NAMESRV_CONFIG (319). */
export const getConfig: Handler = ({ config }) => ({ body: textBody(config.format()) });

function readSettings(body: Uint8Array): Readonly<Record<string, string>> | undefined {
  try {
    return parseProperties(LATIN_1.decode(body));
  } catch (error) {
    if (error instanceof NameServerDataParseError) return undefined;
    throw error;
  }
}
