import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Situation, UsersChoicePurpose } from "../../../src/sdk/embed/choosing.ts";
import type { ViewHooks } from "../../../src/sdk/embed/hooks.ts";

/** The view of a conversation, for whatever in it chooses users. */
export interface ViewScope {
  hooks: () => ViewHooks;
  conversation: string | undefined;
  /** Is the conversation about an object? Then its messages have recipients. */
  isContext: boolean;
  /** The element that stands for the view, once it is drawn. */
  form: () => HTMLElement | undefined;
}

/** Where nothing is around that could have hooks. */
export const nowhere: ViewScope = {
  hooks: () => ({}),
  conversation: undefined,
  isContext: false,
  form: () => undefined,
};

const Scope = createContext(nowhere);
export const ViewScopeProvider = Scope.Provider;

/** The hooks of the view around, and what hooks are told when users are chosen there for a purpose. */
export function useViewScope(choicePurpose: UsersChoicePurpose): { view: () => ViewHooks; situation: () => Situation } {
  const { hooks, conversation, isContext, form } = useContext(Scope);
  return { view: hooks, situation: () => ({ choicePurpose, conversation, isContext, form: form() }) };
}
