import { NameServerDataParseError } from "../errors.ts";
import { formatJson } from "../protocol/format_json.ts";
import { JsonReader } from "../protocol/json_reader.ts";
import { isFilterType, type TopicConfig } from "./topic_config.ts";

// A topic in a compressed registration — common/TopicConfig.java encode(), decode():
//
//   name ␠ readQueueNums ␠ writeQueueNums ␠ perm ␠ topicFilterType [ ␠ attributes as JSON ]
//
// 5.x writes the attributes even where there are none, and reads a line without them; 4.x takes a line with them for broken.

/**
 * A topic as a line; `topicSysFlag` and `order` are lost. Blanks in attributes are written as `\u0020`, since Java cuts the line at each
 * blank.
 *
 * @throws {TypeError} If there is a blank in the topic's name.
 */
export function formatTopicConfigLine(config: TopicConfig): string {
  const { topicName, readQueueNums, writeQueueNums, perm, topicFilterType, attributes = {} } = config;
  if (topicName.includes(" ")) {
    throw new TypeError(`Cannot send request: topic "${topicName}" has a blank in its name, which a compressed registration cannot carry`);
  }
  const line = `${topicName} ${readQueueNums} ${writeQueueNums} ${perm} ${topicFilterType}`;
  return Object.keys(attributes).length === 0 ? line : `${line} ${formatJson(attributes).replaceAll(" ", "\\u0020")}`;
}

/** Reads such a line. @throws {NameServerDataParseError} If it is none. */
export function parseTopicConfigLine(line: string): TopicConfig {
  const [topicName, readQueueNums, writeQueueNums, perm, topicFilterType, attributes] = line.split(" ");
  if (!topicName || topicFilterType === undefined || !isFilterType(topicFilterType)) fail(line);
  return {
    topicName,
    readQueueNums: parseInt32(readQueueNums!, line),
    writeQueueNums: parseInt32(writeQueueNums!, line),
    perm: parseInt32(perm!, line),
    topicFilterType,
    topicSysFlag: 0,
    order: false,
    ...(attributes && { attributes: parseAttributes(attributes) }),
  };
}

function parseAttributes(text: string): Readonly<Record<string, string>> {
  const reader = new JsonReader(text);
  const attributes = reader.stringRecord();
  reader.end();
  return attributes;
}

function parseInt32(text: string, line: string): number {
  const value = /^[-+]?\d+$/.test(text) ? Number(text) : NaN;
  return value === (value | 0) ? value : fail(line);
}

function fail(line: string): never {
  throw new NameServerDataParseError(`Cannot parse topic of a compressed registration: ${JSON.stringify(line.slice(0, 80))}`, { path: "" });
}
