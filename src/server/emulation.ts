/** Releases of the server whose behaviour can be shown. */
export type EmulatedVersion = "4.9.7" | "5.3.3" | "5.5.0";

/** What differs between releases, where it is more than a handler's own matter. */
export interface Emulation {
  /** `version` of its answers — common/MQVersion.java. */
  readonly versionOrdinal: number;
  /** Whether it is a 5.x server. */
  readonly isV5: boolean;
  /** The JSON library that writes headers and bodies and reads requests. */
  readonly json: "fastjson1" | "fastjson2";
  /** Where the remark of TOPIC_NOT_EXIST sends the reader — common/help/FAQUrl.java. */
  readonly faqUrl: string;
}

const FAQ_URL_4 = "http://rocketmq.apache.org/docs/faq/";
const FAQ_URL_5 = "https://rocketmq.apache.org/docs/bestPractice/06FAQ";

/** The releases by name. */
export const EMULATIONS: Readonly<Record<EmulatedVersion, Emulation>> = {
  "4.9.7": { versionOrdinal: 407, isV5: false, json: "fastjson1", faqUrl: FAQ_URL_4 },
  "5.3.3": { versionOrdinal: 479, isV5: true, json: "fastjson1", faqUrl: FAQ_URL_5 },
  "5.5.0": { versionOrdinal: 513, isV5: true, json: "fastjson2", faqUrl: FAQ_URL_5 },
};
