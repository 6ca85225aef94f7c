/** What a reader of a watch is told, and what it has seen then. */
export interface Step<State, Change> {
  readonly change: Change;
  readonly seen: State;
}

/** What to tell a reader that has seen one state, or none, and is to see another; nothing where they are alike to it. */
export type StepTo<State, Change> = (seen: State | undefined, now: State) => Step<State, Change> | undefined;
