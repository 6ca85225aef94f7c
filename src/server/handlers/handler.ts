import type { Answer } from "../answer.ts";
import type { ServerRequest } from "../server_request.ts";
import type { ServerState } from "../server_state.ts";

/** Answers one kind of request. @throws {JavaFailure} Where Java throws. */
export type Handler = (state: ServerState, request: ServerRequest) => Answer;
