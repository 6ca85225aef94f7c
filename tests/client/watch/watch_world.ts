import { AsyncNameServerClient } from "../../../mod.ts";
import type { CacheWarning } from "../../../src/client/cache/cache_warning.ts";
import { Watches } from "../../../src/client/watch/watches.ts";
import type { WatchContext } from "../../../src/client/watch/watch_context.ts";
import { createRemote } from "../../../src/remote/create_remote.ts";
import type { RemoteOptions } from "../../../src/remote/options.ts";
import type { Remote } from "../../../src/remote/remote.ts";
import { FakeTimers } from "../../remote/fake_timers.ts";
import { Sequence } from "../../remote/sequence.ts";

/** Timers that can be waited for. */
class AwaitedTimers extends FakeTimers {
  /** Every delay that was asked for. */
  readonly sets: Sequence<number> = new Sequence();

  override set(callback: () => void, delayMs: number): unknown {
    const handle = super.set(callback, delayMs);
    this.sets.push(delayMs);
    return handle;
  }

  /** Lets `ms` pass, and waits until the poll that this starts has ended and the next one is planned. */
  async pollAfter(ms: number): Promise<void> {
    const sets = this.sets.all.length;
    this.advance(ms);
    await this.sets.at(sets);
  }
}

/** Watches on a clock that is turned by hand. */
export class WatchWorld implements AsyncDisposable {
  readonly timers: AwaitedTimers = new AwaitedTimers();
  readonly warnings: CacheWarning[] = [];
  /** What the next interval is made of: 0.5 is no jitter. */
  random: number = 0.5;
  readonly remote: Remote;
  readonly client: AsyncNameServerClient;
  readonly watches: Watches;

  constructor(addresses: string | readonly string[], options: RemoteOptions, context: Partial<WatchContext> = {}) {
    this.remote = createRemote(addresses, options);
    this.client = new AsyncNameServerClient(this.remote);
    this.watches = new Watches({
      remote: this.remote,
      timeoutMs: undefined,
      mapAddress: undefined,
      timers: this.timers,
      random: () => this.random,
      report: (warning) => void this.warnings.push(warning),
      ...context,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watches.close();
    await this.client.close();
  }
}
