import { assertEquals } from "@std/assert";
import { CurrentConnections, type ServerConnection } from "../../src/remote/current_connections.ts";
import { test } from "../harness.ts";

class FakeConnection implements ServerConnection {
  closed = false;
  readonly name: string;
  readonly address: string;
  constructor(name: string, address: string) {
    this.name = name;
    this.address = address;
  }
  retire(): void {
    this.closed = true;
  }
}

function started(): { current: CurrentConnections<FakeConnection>; first: FakeConnection; second: FakeConnection } {
  const current = new CurrentConnections<FakeConnection>();
  const [first, second] = [new FakeConnection("first", "a:1"), new FakeConnection("second", "a:1")];
  current.add(first);
  return { current, first, second };
}

test("CurrentConnections.suspect() has new calls pass a connection by, one of a server at a time", () => {
  const { current, first, second } = started();
  assertEquals([current.suspect(first), current.find("a:1")], [true, undefined]);
  current.add(second);
  assertEquals([current.suspect(second), current.find("a:1")?.name], [false, "second"]);
  assertEquals([...current.suspects].map(({ name }) => name), ["first"]);
});

test("CurrentConnections.clear() gives a connection back to calls, unless another has taken its place or it takes none", () => {
  const { current, first } = started();
  current.suspect(first);
  current.clear(first);
  assertEquals([current.find("a:1")?.name, first.closed, [...current.suspects]], ["first", false, []]);

  const replaced = started();
  replaced.current.suspect(replaced.first);
  replaced.current.add(replaced.second);
  replaced.current.clear(replaced.first);
  assertEquals([replaced.current.find("a:1")?.name, replaced.first.closed, replaced.second.closed], ["second", true, false]);

  const left = started();
  left.current.suspect(left.first);
  left.current.retire("a:1");
  left.current.clear(left.first);
  assertEquals(left.current.find("a:1"), undefined);
});

test("CurrentConnections.delete() lets another of the same server be", () => {
  const { current, first, second } = started();
  current.delete(second);
  assertEquals(current.find("a:1")?.name, "first");
  current.suspect(first);
  current.delete(first);
  assertEquals([current.find("a:1"), [...current.suspects]], [undefined, []]);
});
