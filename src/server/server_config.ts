import { DEFAULTS_4, DEFAULTS_5, type Settings } from "./config_defaults.ts";
import type { Emulation } from "./emulation.ts";

// What 318 may never change; 5.x adds what `configBlackList` says at the start.
const PROTECTED_4 = ["kvConfigPath", "configStorePath"];
const PROTECTED_5 = [...PROTECTED_4, "configBlackList", "rocketmqHome"];

/** Settings by the names that GET_NAMESRV_CONFIG (319) shows — remoting/Configuration.java. */
export class ServerConfig {
  readonly #defaults: Settings;
  readonly #isV5: boolean;
  readonly #values: Map<string, string>;
  readonly #protected: ReadonlySet<string>;

  /** @param settings Those that differ from the defaults. Names that the release does not know are shown, and change nothing. */
  constructor(settings: Settings, { isV5 }: Emulation) {
    this.#defaults = isV5 ? DEFAULTS_5 : DEFAULTS_4;
    this.#isV5 = isV5;
    this.#values = new Map(Object.entries({ ...this.#defaults, ...settings }));
    this.update(settings);
    this.#protected = new Set(isV5 ? [...PROTECTED_5, ...this.text("configBlackList").split(";")] : PROTECTED_4);
  }

  /** The setting as text; `""` where there is none. */
  text(name: string): string {
    return this.#values.get(name) ?? "";
  }

  /** Whether the setting is on. */
  flag(name: string): boolean {
    return this.#values.get(name) === "true";
  }

  /** The setting as a number; 0 where there is none. */
  number(name: string): number {
    return Number(this.#values.get(name) ?? 0);
  }

  /** Whether it is a setting that nobody may change from outside. */
  isProtected(name: string): boolean {
    return this.#protected.has(name);
  }

  /** Changes settings that there are; those that can't be read stay as they were. */
  update(settings: Settings): void {
    for (const [name, text] of Object.entries(settings)) {
      const value = this.#values.has(name) ? this.#read(name, text) : undefined;
      if (value !== undefined) this.#values.set(name, value);
    }
  }

  /** All settings as lines of `key=value`, nothing escaped: what 319 answers. */
  format(): string {
    const entries = [...this.#values].sort(([a], [b]) => a < b ? -1 : 1);
    return entries.map(([name, value]) => `${name}=${value}\n`).join("");
  }

  /** The text as a value of the setting's type, which its default tells — MixAll.properties2Object. */
  #read(name: string, text: string): string | undefined {
    const usual = this.#defaults[name];
    if (usual === "true" || usual === "false") return String(text.toLowerCase() === "true");
    if (usual === undefined || !/^\d+$/.test(usual)) return this.#isV5 && usual !== undefined ? text.trim() : text;
    const number = /^[-+]?\d+$/.test(text) ? Number(text) : NaN;
    return number === (number | 0) ? String(number) : undefined;
  }
}
