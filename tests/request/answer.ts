import { type AnswerInit, createRequest, createResponse, type RemotingCommand } from "../../src/protocol/command.ts";

/** An answer of the server 10.0.0.1:9876; `body` is text. */
export function answer(init: Omit<AnswerInit, "body"> & { readonly body?: string } = {}): RemotingCommand {
  const { body = "", ...rest } = init;
  return { ...createResponse(createRequest(0), { ...rest, body: new TextEncoder().encode(body) }), address: "10.0.0.1:9876" };
}

/** The text of a request's body. */
export function bodyText(request: RemotingCommand): string {
  return new TextDecoder().decode(request.body);
}
