import { decodeCommand, type RemotingCommand } from "../../src/protocol.ts";
import type { Reaction } from "./wire.ts";

/** An answer in short: what there is of it. */
export interface Said {
  readonly code: number;
  readonly remark?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer in short. */
export function said({ code, remark, extFields, body }: RemotingCommand): Said {
  return {
    code,
    ...(remark !== undefined && { remark }),
    ...(Object.keys(extFields).length > 0 && { fields: { ...extFields } }),
    ...(body.length > 0 && { body: new TextDecoder().decode(body) }),
  };
}

/** What a server did: ended the connection, said nothing, or said this. */
export function outcome(reaction: Reaction): "closed" | "silent" | Said {
  return typeof reaction === "string" ? reaction : said(decodeCommand(reaction));
}

/** The text of a frame's JSON header. */
export function headerText(frame: Uint8Array): string {
  if (frame[0] !== 0) throw new TypeError(`Cannot show header: its type is ${frame[0]}`);
  const { body } = decodeCommand(frame);
  return new TextDecoder().decode(frame.subarray(4, frame.length - body.length));
}

/** The class of the Java exception that a remark tells of: what follows depends on the Java that runs the server. */
export function exceptionClass({ remark = "" }: { readonly remark?: string }): string {
  return remark.split(/[:,]/, 1)[0]!.split(".").at(-1)!;
}
