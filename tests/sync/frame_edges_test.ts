import { assertEquals } from "@std/assert";
import { FrameEdges } from "../../src/sync/pump/frame_edges.ts";
import { test } from "../harness.ts";

const TWO_FRAMES = Uint8Array.of(0, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 4, 9, 9, 9, 9);

test("FrameEdges.push() is true only where the stream is between two frames, wherever it is cut", () => {
  for (let cut = 1; cut < TWO_FRAMES.length; cut++) {
    const edges = new FrameEdges();
    assertEquals(edges.push(TWO_FRAMES.subarray(0, cut)), cut === 9, `${cut}`);
    assertEquals(edges.push(TWO_FRAMES.subarray(cut)), true, `${cut}`);
  }
});

test("FrameEdges.push() is never true again behind a length that is none", () => {
  const edges = new FrameEdges();
  assertEquals([edges.push(Uint8Array.of(255, 255, 255, 255)), edges.push(new Uint8Array(4096))], [false, false]);
});
