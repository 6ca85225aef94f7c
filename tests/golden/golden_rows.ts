import { readLines } from "./read_lines.ts";

/** A header as it was recorded; `language` in a JSON header, `languageByte` in a binary one. */
export interface GoldenHeader {
  readonly code: number;
  readonly flag: number;
  readonly opaque: number;
  readonly version: number;
  readonly language?: string;
  readonly languageByte?: number;
  readonly remark?: string;
  readonly extFields?: Readonly<Record<string, string>>;
}

/** One exchange with a real server, byte for byte: a line of `golden.jsonl`. */
export interface GoldenRow {
  /** `server/case`, with the broker behind it where there are several. */
  readonly name: string;
  /** Version of the server. */
  readonly server: string;
  /** Group of the quirk that it shows. */
  readonly kind: string;
  /** Rows of one run, in the order of `seq`, saw the same server: an answer depends on those before it. */
  readonly run: string;
  readonly seq: number;
  /** `null` where what was sent is no request. */
  readonly requestCode: number | null;
  /** Bytes sent; `null` where the server spoke first. */
  readonly requestHex: string | null;
  /** Header of the request's encoding; `null` where what was sent has none. */
  readonly serializeType: "JSON" | "ROCKETMQ" | null;
  readonly requestHeader?: GoldenHeader;
  readonly requestBodyText?: string;
  /** Bytes that came back; `null` where none came, see `outcome`. */
  readonly responseHex: string | null;
  /** Several answers, where several requests were sent at once. */
  readonly responsesHex?: readonly string[];
  readonly responseSerializeType?: "JSON" | "ROCKETMQ";
  readonly responseHeader?: GoldenHeader;
  readonly bodyText?: string;
  /** Whether `JSON.parse` reads the body. */
  readonly bodyIsStandardJson?: boolean;
  /** False for properties. */
  readonly bodyIsJson?: boolean;
  /** The body with its bare keys quoted, where it has some. */
  readonly bodyStrictText?: string;
  /** Why nothing came: the server closed, or stayed silent; or it spoke first. */
  readonly outcome?: "closed" | "timeout" | "server-initiated";
  readonly note: string;
}

/** Every recorded exchange. */
export const goldenRows: readonly GoldenRow[] = readLines("golden.jsonl") as readonly GoldenRow[];
